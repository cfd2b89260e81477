package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.MARKER_MISMATCH;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.LogView.ReplicaDump;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.checkers.evidence.SendFact.Transaction;
import dev.trial.checkers.evidence.TransactionFact;
import dev.trial.core.history.Logged;
import dev.trial.core.verdict.Cause;
import java.util.List;

/**
 * A transaction begins without a trace in the log, and ends with one marker in each partition it
 * wrote to, which takes an offset (KIP-98, "Control Messages"). Judged where the log has its start.
 */
final class MarkerChecker extends FamilyChecker {

  MarkerChecker() {
    super("markers", Part.REPLICA_LOGS);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    Ended ended = new Ended(evidence);
    List<LogView> logs = evidence.logs();
    report.over("partitions", logs.size());
    for (int partition = 0; partition < logs.size(); partition++) {
      report.step();
      LogView log = logs.get(partition);
      ReplicaDump dump = inSync(log);
      if (dump == null || dump.log().logStart() > 0) {
        continue;
      }
      int certain = ended.certain(partition);
      int possible = ended.possible(partition);
      long markers = dump.log().records().stream().filter(Logged::control).count();
      if (markers == 0 && possible == 0) {
        continue;
      }
      report.set("markers." + log.id(), markers);
      if (markers < certain || markers > possible) {
        boolean again = markers > possible && !evidence.faults().isEmpty();
        Cause cause = again ? Cause.MARKER_RETRIED : Cause.UNEXPLAINED;
        mismatch(report, log, dump, markers, certain, possible, cause);
      }
    }
  }

  private static ReplicaDump inSync(LogView log) {
    return log.replicas().stream().filter(dump -> dump.log().inSync()).findFirst().orElse(null);
  }

  /** How many transactions surely ended in a partition, and how many may have. */
  private static final class Ended {
    private final int[] certain;
    private final int[] possible;

    /** Number + 1 of the last transaction that was counted. */
    private final int[] lastCertain;

    private final int[] lastPossible;

    /** Those that may have ended in any partition. */
    private int anywhere;

    Ended(Evidence evidence) {
      int partitions = evidence.logs().size();
      certain = new int[partitions];
      possible = new int[partitions];
      lastCertain = new int[partitions];
      lastPossible = new int[partitions];
      int number = 0;
      for (TransactionFact each : evidence.transactions()) {
        count(each, ++number);
      }
    }

    private void count(TransactionFact transaction, int number) {
      boolean known = true;
      for (SendFact send : transaction.sends()) {
        known &= send.partition() >= 0;
      }
      anywhere += known ? 0 : 1;
      for (SendFact send : transaction.sends()) {
        int partition = send.partition();
        if (partition >= 0 && known && lastPossible[partition] != number) {
          lastPossible[partition] = number;
          possible[partition]++;
        }
        if (partition >= 0 && surely(send) && lastCertain[partition] != number) {
          lastCertain[partition] = number;
          certain[partition]++;
        }
      }
    }

    private static boolean surely(SendFact send) {
      boolean ended =
          send.transaction() == Transaction.COMMITTED || send.transaction() == Transaction.ABORTED;
      return ended && send.acknowledged();
    }

    int certain(int partition) {
      return certain[partition];
    }

    int possible(int partition) {
      return possible[partition] + anywhere;
    }
  }

  private static void mismatch(
      Report report,
      LogView log,
      ReplicaDump dump,
      long markers,
      int certain,
      int possible,
      Cause cause) {
    report.add(
        MARKER_MISMATCH,
        log.id(),
        List.of(dump.index()),
        List.of(),
        List.of(),
        cause,
        "The log of "
            + log.id()
            + " holds "
            + markers
            + " markers, but "
            + (certain == possible ? String.valueOf(certain) : certain + " to " + possible)
            + " transactions ended in it.");
  }
}
