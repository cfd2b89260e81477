package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Lookup;
import dev.trial.core.history.Action.Stamps;
import dev.trial.core.history.Action.Stamps.Source;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.history.Stamp;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A log with timestamps in any order, readers that are told them, and lookups answered rightly. */
class TimestampTest {
  private static final int TRIES = 100;
  private static final int STEPS = 120;

  /** A log of which ever more is readable. */
  private static final class Run {
    private final Story story = new Story();
    private final Random random;
    private final boolean byLog;
    private final List<Stamp> log = new ArrayList<>();
    private final List<Integer> lookups = new ArrayList<>();
    private final List<Integer> reads = new ArrayList<>();
    private int readable;
    private long offset;

    Run(long seed, boolean byLog) {
      this.random = new Random(seed);
      this.byLog = byLog;
      story.elect(1, 0, Election.FIRST, 1, 2, 3);
      append();
      read();
      for (int i = 0; i < STEPS; i++) {
        step();
      }
      lookUp(log.get(0).timestampMs());
    }

    private void step() {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> append();
        case 3 -> read();
        default ->
            lookUp(log.get(random.nextInt(log.size())).timestampMs() + random.nextInt(5) - 2);
      }
    }

    private void append() {
      offset += 1 + (random.nextInt(5) == 0 ? 1 : 0); // a marker now and then
      log.add(new Stamp(offset, 1_000 + log.size() + random.nextInt(40) - 20));
      if (byLog && random.nextBoolean()) {
        story.fact(
            Story.PRODUCER, told(Source.ACKNOWLEDGED, log.subList(log.size() - 1, log.size())));
        readable = log.size();
      }
    }

    private void read() {
      readable = Math.max(readable, 1 + random.nextInt(log.size()));
      int from = random.nextInt(readable);
      reads.add((int) story.fact(Story.READER, told(Source.READ, log.subList(from, readable))));
    }

    private Stamps told(Source source, List<Stamp> stamps) {
      return new Stamps(Story.P0, source, byLog && source == Source.READ, List.copyOf(stamps));
    }

    /** What is readable may grow while the leader looks. */
    private void lookUp(long askedMs) {
      long invoked = story.add(Story.READER, Stage.INVOKE, -1, answer(askedMs, new Stamp(-1, -1)));
      readable = Math.max(readable, 1 + random.nextInt(log.size()));
      Stamp found = new Stamp(-1, -1);
      for (int i = readable - 1; i >= 0; i--) {
        found = log.get(i).timestampMs() >= askedMs ? log.get(i) : found;
      }
      lookups.add((int) story.add(Story.READER, Stage.OK, invoked, answer(askedMs, found)));
    }

    private static Lookup answer(long askedMs, Stamp found) {
      return new Lookup(Story.P0, askedMs, found.offset(), found.timestampMs(), null);
    }

    List<Anomaly> judged() {
      Map<String, String> topic =
          byLog ? Map.of("message.timestamp.type", "LogAppendTime") : Map.of();
      Rules rules = new Rules(-1, 2, Set.of(), Map.of(), Set.of(), Vacuity.NEVER, topic, 45_000);
      return new TimestampChecker().check(story.history(), rules).anomalies();
    }

    void replace(int index, dev.trial.core.history.Action action) {
      Operation old = story.operations.get(index);
      story.operations.set(
          index,
          new Operation(index, old.timeNs(), old.process(), old.stage(), old.invocation(), action));
    }

    Lookup lastLookup() {
      return (Lookup) story.operations.get(lookups.get(lookups.size() - 1)).action();
    }
  }

  private static void assertFound(Run run, AnomalyKind kind, int operation) {
    assertTrue(
        run.judged().stream()
            .anyMatch(each -> each.kind() == kind && each.operations().contains((long) operation)),
        () -> kind + " by " + operation + " not in " + run.judged());
  }

  @Property(tries = TRIES)
  void correctRunsAreNeverFlagged(@ForAll long seed, @ForAll boolean byLog) {
    assertEquals(List.of(), new Run(seed, byLog).judged());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.WRONG_TIMESTAMP_LOOKUP)
  void aLaterRecordThanTheFirstIsFound(@ForAll long seed, @ForAll boolean byLog) {
    Run run = new Run(seed, byLog);
    run.read();
    Stamp last = run.log.get(run.log.size() - 1);
    int index = run.lookups.get(run.lookups.size() - 1);
    Stamp later = new Stamp(last.offset() + 3, last.timestampMs() + 100);
    run.replace(index, Run.answer(run.lastLookup().askedMs(), later));
    assertFound(run, AnomalyKind.WRONG_TIMESTAMP_LOOKUP, index);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.WRONG_TIMESTAMP_LOOKUP)
  void aMissedRecordIsFound(@ForAll long seed, @ForAll boolean byLog) {
    Run run = new Run(seed, byLog);
    run.reads.forEach(each -> assertFalse(each > run.lookups.get(run.lookups.size() - 1)));
    run.story.fact(Story.READER, run.told(Source.READ, run.log.subList(0, 1)));
    run.lookUp(run.log.get(0).timestampMs());
    int index = run.lookups.get(run.lookups.size() - 1);
    run.replace(index, Run.answer(run.lastLookup().askedMs(), new Stamp(-1, -1)));
    assertFound(run, AnomalyKind.WRONG_TIMESTAMP_LOOKUP, index);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.WRONG_TIMESTAMP_LOOKUP)
  void anAnswerBeforeTheAskedTimeIsFound(@ForAll long seed, @ForAll boolean byLog) {
    Run run = new Run(seed, byLog);
    int index = run.lookups.get(run.lookups.size() - 1);
    Lookup told = run.lastLookup();
    Stamp before = new Stamp(told.offset(), told.askedMs() - 1);
    run.replace(index, Run.answer(told.askedMs(), before));
    assertFound(run, AnomalyKind.WRONG_TIMESTAMP_LOOKUP, index);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.WRONG_TIMESTAMP)
  void anotherTimestampOfARecordIsFound(@ForAll long seed, @ForAll boolean byLog) {
    Run run = new Run(seed, byLog);
    int index = run.reads.get(run.reads.size() - 1);
    Stamp told = ((Stamps) run.story.operations.get(index).action()).stamps().get(0);
    Stamp other = new Stamp(told.offset(), told.timestampMs() + 1);
    long again = run.story.fact(Story.READER, run.told(Source.READ, List.of(other)));
    assertFound(run, AnomalyKind.WRONG_TIMESTAMP, (int) again);
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.WRONG_TIMESTAMP)
  void aTimestampSetByTheWrongOneIsFound(@ForAll long seed, @ForAll boolean byLog) {
    Run run = new Run(seed, byLog);
    int index = run.reads.get(run.reads.size() - 1);
    Stamps told = (Stamps) run.story.operations.get(index).action();
    run.replace(index, new Stamps(told.partition(), told.source(), !byLog, told.stamps()));
    assertFound(run, AnomalyKind.WRONG_TIMESTAMP, index);
  }

  /** Offsets come again: nothing can be said of such a log. */
  @Test
  void aLogThatWasTruncatedUncleanlyIsNotJudged() {
    Run run = new Run(1, false);
    run.story.elect(3, 1, Election.UNCLEAN, 3);
    run.story.fact(Story.READER, run.told(Source.READ, List.of(new Stamp(1, 5))));
    assertEquals(List.of(), run.judged());
  }
}
