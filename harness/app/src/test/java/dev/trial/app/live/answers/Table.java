package dev.trial.app.live.answers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.protocol.ApiMessage;

/** All that is asked, in order: later questions may build on what earlier ones did. */
final class Table {
  private final List<Question> questions = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  static List<Question> questions() {
    Table table = new Table();
    MetadataQuestions.add(table);
    TopicQuestions.add(table);
    PartitionQuestions.add(table);
    ConfigQuestions.add(table);
    ConfigChangeQuestions.add(table);
    ProduceQuestions.add(table);
    FetchQuestions.add(table);
    OffsetQuestions.add(table);
    GroupQuestions.add(table);
    CommitQuestions.add(table);
    ConsumerGroupQuestions.add(table);
    TransactionQuestions.add(table);
    return Collections.unmodifiableList(table.questions);
  }

  /** Asks broker 1. */
  void ask(String name, int version, ApiMessage request) {
    ask(name, version, scene -> 1, scene -> request);
  }

  void ask(
      String name,
      int version,
      Function<Scene, Integer> broker,
      Function<Scene, ApiMessage> request) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("two questions are called " + name);
    }
    questions.add(new Question(name, (short) version, broker, request));
  }
}
