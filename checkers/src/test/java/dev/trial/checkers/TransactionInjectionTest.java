package dev.trial.checkers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.checkers.CorrectTransactions.Fate;
import dev.trial.checkers.CorrectTransactions.Sent;
import dev.trial.checkers.CorrectTransactions.Transaction;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Logged;
import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Transactions that overlap are never accused, and one lie about one of them always is. */
class TransactionInjectionTest {
  private static final int TRIES = 60;
  private static final int STEPS = 90;
  private static final long LATE_MS = 200_000;

  @Property(tries = 300)
  void whatIsCorrectIsNeverFlagged(@ForAll long seed, @ForAll @IntRange(max = STEPS) int steps) {
    CorrectTransactions run = new CorrectTransactions(seed, steps);
    run.finish(run.committed());
    assertEquals(List.of(), run.story.judge(-1).anomalies());
  }

  private static Transaction some(CorrectTransactions run, Fate fate, int records) {
    Transaction found =
        run.transactions.stream()
            .filter(each -> each.fate == fate && each.records.size() >= records)
            .findFirst()
            .orElse(null);
    Assume.that(found != null);
    return found;
  }

  private static Anomaly found(CorrectTransactions run, AnomalyKind kind, Long... proof) {
    List<Anomaly> found = Story.of(run.story.judge(-1), kind);
    for (Anomaly each : found) {
      if (each.operations().containsAll(List.of(proof))) {
        assertEquals(Cause.UNEXPLAINED, each.cause());
        assertTrue(each.sentence().endsWith("."), each.sentence());
        return each;
      }
    }
    throw new AssertionError(kind + " at " + List.of(proof) + " not in " + found);
  }

  private static List<Delivered> with(CorrectTransactions run, Sent record) {
    List<Delivered> records = new ArrayList<>(run.committed());
    records.add(record.delivered());
    records.sort(
        java.util.Comparator.comparing(Delivered::partition).thenComparingLong(Delivered::offset));
    return records;
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.TORN_TRANSACTION)
  void aRecordOfACommittedTransactionIsKeptBack(@ForAll long seed) {
    CorrectTransactions run = new CorrectTransactions(seed, STEPS);
    Transaction torn = some(run, Fate.COMMITTED, 2);
    Sent absent = torn.records.get(seed % 2 == 0 ? 0 : torn.records.size() - 1);
    List<Delivered> records = new ArrayList<>(run.committed());
    records.removeIf(each -> each.value() == absent.value());
    long read = run.finish(records);
    Anomaly found =
        found(run, AnomalyKind.TORN_TRANSACTION, absent.invoked(), absent.completed(), read);
    assertTrue(found.values().contains(absent.value()));
    assertEquals(1, Story.of(run.story.judge(-1), AnomalyKind.TORN_TRANSACTION).size());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.LOST_WRITE)
  void noneOfACommittedTransactionCanBeRead(@ForAll long seed) {
    CorrectTransactions run = new CorrectTransactions(seed, STEPS);
    Transaction gone = some(run, Fate.COMMITTED, 1);
    gone.shown = false;
    run.finish(run.committed());
    Sent last = gone.records.get(gone.records.size() - 1);
    found(run, AnomalyKind.LOST_WRITE, last.invoked(), last.completed());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.ABORTED_READ)
  void aRecordOfAnAbortedTransactionIsGivenOut(@ForAll long seed) {
    CorrectTransactions run = new CorrectTransactions(seed, STEPS);
    Sent aborted = some(run, Fate.ABORTED, 1).records.get(0);
    long read = run.finish(with(run, aborted));
    Anomaly found =
        found(run, AnomalyKind.ABORTED_READ, aborted.invoked(), aborted.completed(), read);
    assertEquals(List.of(aborted.value()), found.values());
    assertEquals(List.of(aborted.offset()), found.offsets());
    assertEquals(List.of(found), run.story.judge(-1).anomalies());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.ZOMBIE_COMMIT)
  void aRecordThatNobodyTriedToCommitIsGivenOut(@ForAll long seed) {
    CorrectTransactions run = new CorrectTransactions(seed, STEPS);
    Sent zombie = some(run, Fate.ABANDONED, 1).records.get(0);
    long read = run.finish(with(run, zombie));
    Anomaly found = found(run, AnomalyKind.ZOMBIE_COMMIT, zombie.invoked(), read);
    assertEquals(List.of(zombie.value()), found.values());
    assertEquals(List.of(found), run.story.judge(-1).anomalies());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.HANGING_TRANSACTION)
  void readersAreHeldLongAfterTheEnd(@ForAll long seed) {
    CorrectTransactions run = new CorrectTransactions(seed, STEPS);
    Transaction open = run.transactions.get(run.transactions.size() / 2);
    Assume.that(!open.records.isEmpty());
    Sent first = open.records.get(0);
    run.stable.put(first.at(), first.offset());
    run.story.sleep(LATE_MS);
    long read = run.finish(run.committed());
    Anomaly found = found(run, AnomalyKind.HANGING_TRANSACTION, first.invoked());
    assertEquals(List.of(first.value()), found.values());
    assertTrue(found.operations().stream().anyMatch(each -> each > first.completed()));
    assertTrue(found.operations().stream().allMatch(each -> each < read));
  }

  @Property(tries = TRIES)
  void readersMayBeHeldForAWhile(@ForAll long seed) {
    CorrectTransactions run = new CorrectTransactions(seed, STEPS);
    Transaction open = run.transactions.get(run.transactions.size() / 2);
    Assume.that(!open.records.isEmpty());
    run.stable.put(open.records.get(0).at(), open.records.get(0).offset());
    run.finish(run.committed());
    assertEquals(List.of(), Story.of(run.story.judge(-1), AnomalyKind.HANGING_TRANSACTION));
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.MARKER_MISMATCH)
  void aMarkerTooMany(@ForAll long seed) {
    CorrectTransactions run = new CorrectTransactions(seed, STEPS);
    PartitionId at = some(run, Fate.COMMITTED, 1).records.get(0).at();
    run.mark(at);
    run.finish(run.committed());
    assertEquals(at, found(run, AnomalyKind.MARKER_MISMATCH).partition());
    assertEquals(1, run.story.judge(-1).anomalies().size());
  }

  @Property(tries = TRIES)
  @Injects(AnomalyKind.MARKER_MISMATCH)
  void aMarkerTooFew(@ForAll long seed) {
    CorrectTransactions run = new CorrectTransactions(seed, 12);
    Sent one = some(run, Fate.COMMITTED, 1).records.get(0);
    boolean certain =
        run.transactions.stream()
            .filter(each -> each.fate == Fate.ABANDONED || each.fate == Fate.UNKNOWN)
            .flatMap(each -> each.records.stream())
            .noneMatch(each -> each.at().equals(one.at()));
    Assume.that(certain);
    TreeMap<Long, Logged> log = run.logs.get(one.at());
    log.remove(log.values().stream().filter(Logged::control).findFirst().orElseThrow().offset());
    run.finish(run.committed());
    assertEquals(one.at(), found(run, AnomalyKind.MARKER_MISMATCH).partition());
  }
}
