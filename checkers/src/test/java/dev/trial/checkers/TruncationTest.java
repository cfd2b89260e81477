package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Seek;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.EpochStart;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A consumer that was ahead of a truncation: what it may do next, by auto.offset.reset. */
class TruncationTest {
  private static final int CONSUMER = 2;
  private static final long FIRST = 1_000;
  private static final long SECOND = 2_000;

  private Story story = new Story();

  /** Offset 1 was read with value 101, and holds 201 since an unclean election. */
  private void readAhead(String policy) {
    Map<String, String> settings = Map.of("group.id", Story.GROUP, "auto.offset.reset", policy);
    story.start(Story.PRODUCER, Start.Kind.PRODUCER);
    story.fact(CONSUMER, new Action.Start("client-2", 0, Start.Kind.CONSUMER, settings));
    story.elect(1, 0, Election.FIRST, 1, 2, 3);
    story.assigned(CONSUMER, 1);
    story.send(100, 0);
    story.send(101, 1);
    story.poll(CONSUMER, 0, 100, 1, 101);
    story.elect(2, 1, Election.UNCLEAN, 2);
    story.send(201, 1);
    story.send(202, 2);
  }

  private List<Anomaly> silent() {
    return found(AnomalyKind.SILENT_TRUNCATION);
  }

  private List<Anomaly> found(AnomalyKind kind) {
    TreeMap<Long, Long> log = new TreeMap<>(Map.of(0L, 100L, 1L, 201L, 2L, 202L));
    story.finalRead(log, 3);
    story.dump(2, log, 3, List.of(new EpochStart(0, 0), new EpochStart(1, 1)));
    return Story.of(story.judge(-1), kind);
  }

  /** The truncation was before the rebalance, and after the commit. */
  @Test
  void aStartBelowATruncatedCommitIsAConsequence() {
    story.start(Story.PRODUCER, Start.Kind.PRODUCER);
    story.start(CONSUMER, Start.Kind.CONSUMER);
    story.elect(1, 0, Election.FIRST, 1, 2, 3);
    story.assigned(CONSUMER, 1);
    story.send(100, 0);
    story.send(101, 1);
    story.poll(CONSUMER, 0, 100, 1, 101);
    story.commit(CONSUMER, 2);
    story.elect(2, 1, Election.UNCLEAN, 2);
    story.rebalance(CONSUMER, Change.LOST, 1);
    story.send(201, 1);
    story.send(202, 2);
    startsBelowItsCommit();
  }

  private void startsBelowItsCommit() {
    story.assigned(CONSUMER, 2);
    story.committed(CONSUMER, 2);
    story.poll(CONSUMER, 1, 201, 2, 202);
    List<Anomaly> starts = found(AnomalyKind.WRONG_START);
    assertEquals(List.of(Cause.CONSEQUENCE_OF_TRUNCATION), causes(starts));
  }

  /** What was read before the truncation was worked on during it, and committed after it. */
  @Test
  void committingAfterwardsWhatWasReadBeforeMakesTheNextCommitAConsequence() {
    readAhead("earliest");
    goesBackAfterCommitting();
  }

  /** That an earlier commit landed late is possible, that records are gone is certain. */
  @Test
  void aCommitOfUnknownEndDoesNotHideTheTruncation() {
    readAhead("earliest");
    story.commit(CONSUMER, 1, Stage.INFO);
    goesBackAfterCommitting();
  }

  private void goesBackAfterCommitting() {
    story.elect(3, 2, Election.CLEAN, 2, 3);
    story.commit(CONSUMER, 2);
    story.poll(CONSUMER, 1, 201);
    story.commit(CONSUMER, 1);
    List<Anomaly> back = found(AnomalyKind.COMMIT_REGRESSION);
    assertEquals(List.of(Cause.CONSEQUENCE_OF_TRUNCATION), causes(back));
  }

  @Test
  void soItMakesAStartBelowIt() {
    readAhead("earliest");
    story.elect(3, 2, Election.CLEAN, 2, 3);
    story.commit(CONSUMER, 2);
    story.rebalance(CONSUMER, Change.LOST, 1);
    startsBelowItsCommit();
  }

  /** Offset 1 was read and committed after the truncation: nothing took it away. */
  @Test
  void goingBackBehindWhatWasReadAfterwardsIsNoConsequence() {
    readAhead("earliest");
    story.poll(CONSUMER, 1, 201);
    story.commit(CONSUMER, 2);
    story.commit(CONSUMER, 1);
    List<Anomaly> back = found(AnomalyKind.COMMIT_REGRESSION);
    assertEquals(List.of(Cause.UNEXPLAINED), causes(back));
  }

  private static List<Cause> causes(List<Anomaly> anomalies) {
    return anomalies.stream().map(Anomaly::cause).toList();
  }

  @Test
  void readingOnIsSilent() {
    readAhead("earliest");
    story.poll(CONSUMER, 2, 202);
    List<Anomaly> silent = silent();
    assertEquals(1, silent.size());
    assertEquals(List.of(101L, 202L), silent.get(0).values());
    assertTrue(silent.get(0).sentence().contains("value 201"), silent.get(0).sentence());
  }

  @Test
  void goingBackByThePolicyIsNot() {
    readAhead("latest");
    story.poll(CONSUMER, 1, 201, 2, 202);
    assertEquals(List.of(), silent());
  }

  @Test
  void withoutAPolicyGoingBackUntoldIsSilent() {
    readAhead("none");
    story.poll(CONSUMER, 1, 201, 2, 202);
    assertEquals(1, silent().size());
  }

  @Test
  void withoutAPolicyTheApplicationSeeks() {
    readAhead("none");
    story.fact(CONSUMER, new Seek(Story.P0, 1, null));
    story.poll(CONSUMER, 1, 201, 2, 202);
    assertEquals(List.of(), silent());
  }

  /** Of a log of any length any tail is lost to a consumer that had read some of it. */
  private record Cut(long kept, long read, long end) {
    static Cut at(int kept, int lost, int more) {
      return new Cut(1 + kept, 1 + kept + 1 + lost, 1 + kept + 1 + lost + 1 + more);
    }
  }

  private TreeMap<Long, Long> cut(String policy, Cut cut) {
    story = new Story(); // tries share the instance
    Map<String, String> settings = Map.of("group.id", Story.GROUP, "auto.offset.reset", policy);
    story.start(Story.PRODUCER, Start.Kind.PRODUCER);
    story.fact(CONSUMER, new Action.Start("client-2", 0, Start.Kind.CONSUMER, settings));
    story.elect(1, 0, Election.FIRST, 1, 2, 3);
    story.assigned(CONSUMER, 1);
    TreeMap<Long, Long> log = new TreeMap<>();
    for (long offset = 0; offset < cut.read(); offset++) {
      story.send(FIRST + offset, offset);
      log.put(offset, FIRST + offset);
    }
    story.poll(CONSUMER, records(log, 0, cut.read()));
    story.elect(2, 1, Election.UNCLEAN, 2);
    for (long offset = cut.kept(); offset < cut.end(); offset++) {
      story.send(SECOND + offset, offset);
      log.put(offset, SECOND + offset);
    }
    return log;
  }

  private static long[] records(TreeMap<Long, Long> log, long from, long to) {
    return log.subMap(from, to).entrySet().stream()
        .flatMapToLong(each -> LongStream.of(each.getKey(), each.getValue()))
        .toArray();
  }

  private List<Anomaly> silent(TreeMap<Long, Long> log, Cut cut) {
    story.finalRead(log, cut.end());
    story.dump(2, log, cut.end(), List.of(new EpochStart(0, 0), new EpochStart(1, cut.kept())));
    return Story.of(story.judge(-1), AnomalyKind.SILENT_TRUNCATION);
  }

  @Property(tries = 100)
  @Injects(AnomalyKind.SILENT_TRUNCATION)
  void readingOnAfterAnyTruncationIsSilent(
      @ForAll @IntRange(max = 9) int kept,
      @ForAll @IntRange(max = 9) int lost,
      @ForAll @IntRange(max = 9) int more,
      @ForAll boolean earliest) {
    Cut cut = Cut.at(kept, lost, more);
    TreeMap<Long, Long> log = cut(earliest ? "earliest" : "latest", cut);
    long next = story.poll(CONSUMER, records(log, cut.read(), cut.end()));
    List<Anomaly> silent = silent(log, cut);
    assertEquals(1, silent.size(), silent.toString());
    assertTrue(silent.get(0).operations().contains(next), silent.toString());
  }

  @Property(tries = 100)
  void goingBackToAnyTruncationIsNot(
      @ForAll @IntRange(max = 9) int kept,
      @ForAll @IntRange(max = 9) int lost,
      @ForAll @IntRange(max = 9) int more,
      @ForAll boolean earliest) {
    Cut cut = Cut.at(kept, lost, more);
    TreeMap<Long, Long> log = cut(earliest ? "earliest" : "latest", cut);
    story.poll(CONSUMER, records(log, cut.kept(), cut.end()));
    assertEquals(List.of(), silent(log, cut));
  }
}
