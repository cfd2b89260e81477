package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Logged;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Topics that lose records on purpose: only what may go is gone, or one record more. */
class TopicInjectionTest {
  private static final int TRIES = 60;
  private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");
  private static final Map<String, String> BY_SIZE = Map.of("retention.bytes", "1000");
  private static final Map<String, String> BY_AGE = Map.of("retention.ms", "60000");

  /** Sends of a few keys, of which some fail or leave gaps, and the log as it is afterwards. */
  private static final class Topic {
    final Story story = new Story();
    final TreeMap<Long, Long> log = new TreeMap<>();
    final Map<Long, Long> acknowledged = new TreeMap<>();
    final Random random;
    long start;
    long end;

    Topic(long seed) {
      random = new Random(seed);
      story.phase(Name.LOAD);
      story.start(Story.PRODUCER, Kind.PRODUCER);
      for (long value = 100; value < 140; value++) {
        long invoked = story.invoke(value);
        int luck = random.nextInt(8);
        if (luck == 0) {
          story.complete(invoked, Stage.FAIL, -1);
          end += random.nextInt(2);
        } else {
          log.put(end, value);
          acknowledged.put(value, story.complete(invoked, Stage.OK, end++));
        }
      }
    }

    /** True if no younger record has the key of the one at an offset. */
    boolean newest(long offset) {
      String key = Story.key(log.get(offset));
      return log.tailMap(offset, false).values().stream()
          .noneMatch(value -> Story.key(value).equals(key));
    }

    /** Takes away any number of records that have younger ones of their key. */
    List<Long> compact() {
      List<Long> gone = new ArrayList<>();
      for (long offset : List.copyOf(log.keySet())) {
        if (!newest(offset) && random.nextBoolean()) {
          log.remove(offset);
          gone.add(offset);
        }
      }
      return gone;
    }

    void cut() {
      start = random.nextInt((int) end);
      log.headMap(start).clear();
    }

    List<Anomaly> judged(Map<String, String> settings) {
      story.phase(Name.FINAL_READ);
      story.start(Story.READER, Kind.READER);
      Action.Ends asked = new Action.Ends(Map.of(), Map.of(), null);
      Action.Ends told = new Action.Ends(Map.of(Story.P0, start), Map.of(Story.P0, end), null);
      story.add(Story.READER, Stage.OK, story.add(Story.READER, Stage.INVOKE, -1, asked), told);
      List<Delivered> read = new ArrayList<>();
      List<Logged> dumped = new ArrayList<>();
      log.forEach(
          (offset, value) -> {
            read.add(new Delivered(Story.P0, offset, value, Story.key(value), null));
            dumped.add(new Logged(offset, 0, value, false));
          });
      story.poll(Story.READER, read);
      List<EpochStart> epochs = List.of(new EpochStart(0, 0));
      for (int broker = 1; broker <= 2; broker++) {
        story.fact(-1, new ReplicaLog(Story.P0, broker, true, start, end, end, epochs, dumped));
      }
      Rules rules = new Rules(-1, 2, Set.of(), Map.of(), Set.of(), Vacuity.NEVER, settings, 45_000);
      return Judge.judge(story.history(), rules).anomalies();
    }
  }

  private static Anomaly only(List<Anomaly> found, AnomalyKind kind) {
    assertEquals(1, found.size(), found::toString);
    assertEquals(kind, found.get(0).kind(), found::toString);
    assertEquals(Cause.UNEXPLAINED, found.get(0).cause());
    return found.get(0);
  }

  @Property(tries = 300)
  void whatMayGoIsNeverFlagged(@ForAll long seed) {
    Topic compacted = new Topic(seed);
    compacted.compact();
    assertEquals(List.of(), compacted.judged(COMPACTED));
    Topic cut = new Topic(seed);
    cut.cut();
    assertEquals(List.of(), cut.judged(BY_SIZE));
    Topic old = new Topic(seed);
    old.cut();
    old.story.sleep(60_001);
    assertEquals(List.of(), old.judged(BY_AGE));
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.COMPACTION_LOSS)
  void theNewestRecordOfAKeyGoes(@ForAll long seed) {
    Topic topic = new Topic(seed);
    topic.compact();
    List<Long> newest = topic.log.keySet().stream().filter(topic::newest).toList();
    long offset = newest.get(topic.random.nextInt(newest.size()));
    long value = topic.log.remove(offset);
    Anomaly found = only(topic.judged(COMPACTED), AnomalyKind.COMPACTION_LOSS);
    assertEquals(List.of(value), found.values());
    assertEquals(List.of(offset), found.offsets());
    assertTrue(found.operations().contains(topic.acknowledged.get(value)), found::toString);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.COMPACTION_REORDER)
  void aSurvivorMovesToAFreeOffset(@ForAll long seed) {
    Topic topic = new Topic(seed);
    List<Long> free = topic.compact();
    Assume.that(!free.isEmpty());
    long to = free.get(topic.random.nextInt(free.size()));
    Long from = topic.log.higherKey(to);
    Assume.that(from != null);
    long value = topic.log.remove(from);
    topic.log.put(to, value);
    List<Anomaly> found = topic.judged(COMPACTED);
    Anomaly moved =
        found.stream()
            .filter(each -> each.kind() == AnomalyKind.COMPACTION_REORDER)
            .filter(each -> each.values().contains(value))
            .findFirst()
            .orElseThrow(() -> new AssertionError(found));
    assertTrue(moved.operations().contains(topic.acknowledged.get(value)), moved::toString);
    assertEquals(List.of(from), moved.offsets());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.RETENTION_HOLE)
  void aRecordAfterTheCutGoesToo(@ForAll long seed) {
    Topic topic = new Topic(seed);
    topic.cut();
    Assume.that(topic.log.size() > 2);
    long offset = List.copyOf(topic.log.keySet()).get(topic.log.size() / 2);
    long value = topic.log.remove(offset);
    Anomaly found = only(topic.judged(BY_SIZE), AnomalyKind.RETENTION_HOLE);
    assertEquals(List.of(value), found.values());
    assertTrue(found.operations().contains(topic.acknowledged.get(value)), found::toString);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.RETENTION_HOLE)
  void recordsGoThatAreTooYoung(@ForAll long seed) {
    Topic topic = new Topic(seed);
    topic.cut();
    List<Long> gone = new ArrayList<>(topic.acknowledged.keySet());
    gone.removeAll(topic.log.values());
    Assume.that(!gone.isEmpty());
    List<Anomaly> found = topic.judged(BY_AGE);
    assertEquals(gone, found.stream().map(each -> each.values().get(0)).toList());
    for (Anomaly each : found) {
      assertEquals(AnomalyKind.RETENTION_HOLE, each.kind());
    }
  }
}
