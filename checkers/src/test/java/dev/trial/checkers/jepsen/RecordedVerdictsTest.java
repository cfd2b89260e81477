package dev.trial.checkers.jepsen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.trial.core.verdict.Budget;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Histories with the verdict that Jepsen's own checker gave them: ours says the same. */
class RecordedVerdictsTest {
  private static final Path SOME = Path.of("src/test/resources/kafka-histories");
  private static final Pattern RECORDED = Pattern.compile("(\\S+\\.edn): .*? bad: \\[(.*?)\\].*");
  private static final Map<String, String> OUR_NAMES = Map.of("G1a", "aborted-read");

  @Test
  void theOnesKeptHereAgree() throws IOException {
    assertEquals(8, compare(SOME));
  }

  @Test
  void allOthersAgreeToo() throws IOException {
    assertEquals(36, compare(all()));
  }

  private static Path all() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path data = at.resolve("shared/data/kafka-histories");
      if (Files.isDirectory(data)) {
        return data;
      }
    }
    return abort("the other histories are not at hand");
  }

  /** Compares every history of a directory; returns how many there are. */
  private static int compare(Path directory) throws IOException {
    Map<String, Set<String>> recorded = recorded(directory.resolve("verdicts.txt"));
    Map<String, Set<String>> ours = new TreeMap<>();
    for (String name : recorded.keySet()) {
      ours.put(name, judge(directory.resolve(name)));
    }
    assertEquals(recorded, ours);
    return ours.size();
  }

  private static Map<String, Set<String>> recorded(Path file) throws IOException {
    Map<String, Set<String>> recorded = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      Matcher matcher = RECORDED.matcher(line);
      if (matcher.matches()) {
        Set<String> bad = new TreeSet<>();
        for (String each : matcher.group(2).split("[: ]+")) {
          if (!each.isEmpty()) {
            bad.add(OUR_NAMES.getOrDefault(each, each));
          }
        }
        recorded.put(matcher.group(1), bad);
      }
    }
    return recorded;
  }

  private static Set<String> judge(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KafkaJudge judge = new KafkaJudge(new InformationCycles(), () -> Budget.UNLIMITED);
      return judge.judge(KafkaHistoryReader.read(in)).counts().keySet();
    }
  }

  @Test
  void setsAreWalkedThroughAsClojureDoes() {
    List<Long> numbers = new ArrayList<>();
    for (long i = 0; i < 10; i++) {
      numbers.add(i);
    }
    numbers.sort(ClojureOrder::compare);
    assertEquals(List.of(0L, 7L, 1L, 4L, 6L, 3L, 2L, 9L, 5L, 8L), numbers);
  }
}
