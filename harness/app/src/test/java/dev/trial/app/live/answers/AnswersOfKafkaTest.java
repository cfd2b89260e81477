package dev.trial.app.live.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.app.live.PlainCluster;
import dev.trial.app.live.PlainKafka;
import dev.trial.core.profile.Profile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that go wrong in every way that a client can think of, and some that do not, get from
 * the reference cluster, field by field, what Apache Kafka 4.3.1 answers. What it answers is
 * written down in a file; that the file still tells the truth is looked at on Kafka's own nodes.
 */
@Timeout(300)
class AnswersOfKafkaTest {
  private static final String KAFKA = "4.3.1";

  @TempDir private Path directory;

  @Test
  void theReferenceClusterAnswersAsKafkaDoes() throws Exception {
    try (PlainCluster cluster = new PlainCluster(directory, 1)) {
      assertEquals(words(written()), words(answers(cluster.settings())));
    }
  }

  @Test
  @Tag("real-kafka")
  void kafkaAnswersAsItIsWritten() throws Exception {
    Profile asTheReference = PlainCluster.PROFILE.broker("eligible.leader.replicas.version", 0);
    try (PlainKafka kafka = new PlainKafka(KAFKA, asTheReference, directory)) {
      assertEquals(words(written()), words(answers(kafka.settings())));
    }
  }

  private static Map<String, String> answers(Map<String, Object> settings)
      throws ExecutionException, InterruptedException {
    Scene scene = Scene.of(settings);
    Map<String, String> answers = new LinkedHashMap<>();
    for (Question question : Table.questions()) {
      answers.put(question.name(), scene.ask(question));
    }
    return answers;
  }

  /** A line with the question, and one with the answer. */
  private static Map<String, String> written() throws IOException {
    Map<String, String> answers = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                AnswersOfKafkaTest.class.getResourceAsStream("kafka-" + KAFKA + ".txt"),
                StandardCharsets.UTF_8))) {
      for (String name = lines.readLine(); name != null; name = lines.readLine()) {
        answers.put(name, lines.readLine().strip());
      }
    }
    return answers;
  }

  /** One answer a line, so that a difference can be read. */
  private static String words(Map<String, String> answers) {
    StringBuilder words = new StringBuilder();
    answers.forEach((name, answer) -> words.append(name + "\n  " + answer + "\n"));
    return words.toString();
  }
}
