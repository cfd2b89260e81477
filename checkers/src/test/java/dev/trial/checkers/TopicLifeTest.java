package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What may be missing from a log that is compacted or cut at its beginning, and what may not. */
class TopicLifeTest {
  private static final Map<String, String> COMPACTED =
      Map.of("cleanup.policy", "compact", "delete.retention.ms", "1000");

  private final Story story = new Story();

  private static Rules rules(Map<String, String> topic) {
    return new Rules(-1, 2, Set.of(), Map.of(), Set.of(), Vacuity.NEVER, topic, 45_000);
  }

  /** Values 3 and 6 have one key, 4 another. */
  private List<Anomaly> judge(Map<String, String> topic, long... offsetsAndValues) {
    TreeMap<Long, Long> log = new TreeMap<>();
    for (int i = 0; i < offsetsAndValues.length; i += 2) {
      log.put(offsetsAndValues[i], offsetsAndValues[i + 1]);
    }
    story.finalRead(log, 4).dump(1, log, 4, List.of(new EpochStart(0, 0)));
    return Judge.judge(story.history(), rules(topic)).anomalies();
  }

  private void sendAll() {
    story.start(Story.PRODUCER, Kind.PRODUCER);
    story.send(3, 0);
    story.send(6, 1);
    story.send(4, 2);
    story.send(7, 3);
  }

  private static List<AnomalyKind> kinds(List<Anomaly> anomalies) {
    return anomalies.stream().map(Anomaly::kind).distinct().toList();
  }

  @Test
  void olderRecordsOfAKeyMayGo() {
    sendAll();
    assertEquals(List.of(), judge(COMPACTED, 1, 6, 3, 7));
  }

  @Test
  void theNewestMayNot() {
    sendAll();
    List<Anomaly> found = judge(COMPACTED, 0, 3, 3, 7);
    assertEquals(List.of(AnomalyKind.COMPACTION_LOSS), kinds(found));
    assertEquals(
        "The newest record, value 6 (key k0) at orders-0@1, is not in the compacted log: the"
            + " newest left is value 3.",
        found.get(0).sentence());
  }

  @Test
  void aSurvivorStaysWhereItWas() {
    sendAll();
    List<AnomalyKind> found = kinds(judge(COMPACTED, 0, 6, 3, 7));
    assertTrue(found.contains(AnomalyKind.COMPACTION_REORDER), found.toString());
  }

  @Test
  void whatMayHaveBeenWrittenAgainIsNotJudged() {
    sendAll();
    story.complete(story.invoke(9), Stage.INFO, -1);
    assertEquals(List.of(), judge(COMPACTED, 3, 7));
  }

  @Test
  void withoutCompactionTheSameIsALoss() {
    sendAll();
    assertEquals(List.of(AnomalyKind.LOST_WRITE), kinds(judge(Map.of(), 1, 6, 2, 4, 3, 7)));
  }

  @Test
  void retentionTakesAPrefixOnly() {
    sendAll();
    Map<String, String> topic = Map.of("retention.bytes", "1000");
    assertEquals(List.of(AnomalyKind.RETENTION_HOLE), kinds(judge(topic, 0, 3, 2, 4, 3, 7)));
  }
}
