package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Phase.Name;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The real-time order of sends, in logs of concurrent producers that lose their tails. */
class RealTimeTest {

  /** A log whose sends overlap, fail, end in the unknown and are truncated, acknowledged or not. */
  private static final class Producers {
    final Story story = new Story();
    final TreeMap<Long, Long> log = new TreeMap<>();
    final List<Long> open = new ArrayList<>();
    final Map<Long, Long> appended = new TreeMap<>();
    final Map<Long, Long> acknowledged = new TreeMap<>();
    private final Random random;
    private long end;
    private long nextValue = 100;
    private int epoch;

    Producers(long seed, int steps) {
      random = new Random(seed);
      story.elect(1, 0, Election.FIRST, 1, 2, 3);
      story.phase(Name.LOAD);
      for (int i = 0; i < steps; i++) {
        step();
      }
      story.phase(Name.HEAL);
      story.finalRead(log, end);
      story.phase(Name.DUMP);
      story.dump(1, log, end, List.of(new EpochStart(0, 0)));
    }

    private void step() {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> open.add(story.invoke(1 + random.nextInt(4), nextValue++));
        case 3, 4 -> append();
        case 5, 6 -> complete();
        default -> truncate();
      }
    }

    /** What was sent may land at any time, also after the client has given up. */
    private void append() {
      if (!open.isEmpty()) {
        long invoked = open.get(random.nextInt(open.size()));
        if (appended.putIfAbsent(invoked, end) == null) {
          log.put(end++, value(invoked));
        }
      }
    }

    private long value(long invoked) {
      return ((Action.Send) story.operations.get((int) invoked).action()).value();
    }

    private void complete() {
      if (open.isEmpty()) {
        return;
      }
      long invoked = open.get(random.nextInt(open.size()));
      Long offset = appended.get(invoked);
      boolean again = acknowledged.containsKey(invoked);
      if (offset != null && !again && random.nextInt(4) > 0) {
        acknowledged.put(invoked, story.complete(invoked, Stage.OK, offset));
        open.remove(invoked);
      } else if (!again && random.nextInt(3) == 0) {
        story.complete(invoked, Stage.INFO, -1);
        acknowledged.put(invoked, -1L);
      }
    }

    private void truncate() {
      if (random.nextInt(4) == 0 && end > 0) {
        end = Math.max(0, end - random.nextInt(4));
        log.tailMap(end).clear();
        Election how = random.nextBoolean() ? Election.CLEAN : Election.UNCLEAN;
        story.elect(1 + epoch % 3, ++epoch, how, 1, 2, 3);
      }
    }
  }

  private static Finding judged(Story story) {
    return new RealTimeChecker().check(story.history(), Story.rules(-1));
  }

  @Property(tries = 1_000)
  void whateverIsLostTheOrderOfTheRestIsNeverAccused(@ForAll long seed) {
    assertEquals(List.of(), judged(new Producers(seed, 150).story).anomalies());
  }

  /** A value sent after another was acknowledged changes places with it. */
  @Property(tries = 500)
  @Injects(AnomalyKind.REALTIME_SEND_REORDER)
  void recordsThatChangedPlacesAreFound(@ForAll long seed) {
    Producers run = new Producers(seed, 150);
    List<Long> offsets = new ArrayList<>(run.log.keySet());
    Random random = new Random(seed);
    Long[] pair = null;
    for (int tries = 0; tries < 200 && pair == null && offsets.size() > 1; tries++) {
      long low = offsets.get(random.nextInt(offsets.size()));
      long high = offsets.get(random.nextInt(offsets.size()));
      if (low < high && apart(run, low, high)) {
        pair = new Long[] {low, high};
      }
    }
    Assume.that(pair != null);
    Story lie = swapped(run, pair[0], pair[1]);
    long later = run.log.get(pair[1]);
    List<Anomaly> found = judged(lie).anomalies();
    assertTrue(
        found.stream().anyMatch(each -> each.values().get(1) == later), () -> found.toString());
    for (Anomaly each : found) {
      assertEquals(AnomalyKind.REALTIME_SEND_REORDER, each.kind());
      assertFalse(each.operations().isEmpty());
    }
  }

  private static long invoked(Producers run, long value) {
    return run.story.operations.stream()
        .filter(o -> o.stage() == Stage.INVOKE)
        .filter(o -> o.action() instanceof Action.Send s && s.value() == value)
        .findFirst()
        .orElseThrow()
        .index();
  }

  private static boolean apart(Producers run, long low, long high) {
    long first = invoked(run, run.log.get(low));
    long second = invoked(run, run.log.get(high));
    Long ack = run.acknowledged.get(first);
    return ack != null && ack >= 0 && ack < second;
  }

  /** The same history, but two records have changed places in answers, reads and logs alike. */
  private static Story swapped(Producers run, long low, long high) {
    long one = run.log.get(low);
    long other = run.log.get(high);
    Story story = new Story();
    for (Operation each : run.story.operations) {
      story.operations.add(
          new Operation(
              each.index(),
              each.timeNs(),
              each.process(),
              each.stage(),
              each.invocation(),
              Swap.of(each.action(), one, low, other, high)));
    }
    return story;
  }

  @Test
  void theProofNamesBothSends() {
    Story story = new Story();
    story.phase(Name.LOAD);
    long first = story.send(100, 1);
    long second = story.invoke(2, 101);
    long answered = story.complete(second, Stage.INFO, -1);
    TreeMap<Long, Long> log = new TreeMap<>(Map.of(0L, 101L, 1L, 100L));
    story.finalRead(log, 2);
    Anomaly anomaly = judged(story).anomalies().get(0);
    assertEquals(List.of(first - 1, first, second, answered), anomaly.operations());
    assertEquals(List.of(100L, 101L), anomaly.values());
    assertEquals(
        "Value 100 (key k1) was acknowledged at orders-0@1 before value 101 (key k2) was sent,"
            + " which lies before it all the same: at 0.",
        anomaly.sentence());
  }

  @Test
  void aLogThatNobodyProvedAccusesNobody() {
    Story story = new Story();
    story.send(100, 1);
    story.send(101, 0);
    assertEquals(List.of(), judged(story).anomalies());
  }
}
