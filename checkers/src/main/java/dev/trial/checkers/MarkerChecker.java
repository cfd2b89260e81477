package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.MARKER_MISMATCH;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.LogView.ReplicaDump;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.checkers.evidence.SendFact.Transaction;
import dev.trial.core.history.Logged;
import dev.trial.core.verdict.Cause;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction begins without a trace in the log, and ends with one marker in each partition it
 * wrote to, which takes an offset (KIP-98, "Control Messages"). Judged where the log has its start.
 */
final class MarkerChecker extends FamilyChecker {

  MarkerChecker() {
    super("markers");
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    IntOpenHashSet certain = new IntOpenHashSet();
    IntOpenHashSet possible = new IntOpenHashSet();
    List<SendFact> transactional = transactional(evidence);
    List<LogView> logs = evidence.logs();
    report.over("partitions", logs.size());
    for (int partition = 0; partition < logs.size(); partition++) {
      report.step();
      report.cost(transactional.size());
      LogView log = logs.get(partition);
      ReplicaDump dump = inSync(log);
      if (dump == null || dump.log().logStart() > 0) {
        continue;
      }
      certain.clear();
      possible.clear();
      transactions(transactional, partition, certain, possible);
      long markers = dump.log().records().stream().filter(Logged::control).count();
      if (markers == 0 && possible.isEmpty()) {
        continue;
      }
      report.set("markers." + log.id(), markers);
      if (markers < certain.size() || markers > possible.size()) {
        boolean again = markers > possible.size() && !evidence.faults().isEmpty();
        Cause cause = again ? Cause.MARKER_RETRIED : Cause.UNEXPLAINED;
        mismatch(report, log, dump, markers, certain.size(), possible.size(), cause);
      }
    }
  }

  private static ReplicaDump inSync(LogView log) {
    return log.replicas().stream().filter(dump -> dump.log().inSync()).findFirst().orElse(null);
  }

  private static List<SendFact> transactional(Evidence evidence) {
    List<SendFact> transactional = new ArrayList<>();
    for (SendFact send : evidence.sends()) {
      if (send.transactionNumber() >= 0) {
        transactional.add(send);
      }
    }
    return transactional;
  }

  /** Which transactions surely ended in the partition, and which may have. */
  private static void transactions(
      List<SendFact> sends, int partition, IntOpenHashSet certain, IntOpenHashSet possible) {
    for (SendFact send : sends) {
      boolean ended =
          send.transaction() == Transaction.COMMITTED || send.transaction() == Transaction.ABORTED;
      if (send.partition() == partition && send.acknowledged() && ended) {
        certain.add(send.transactionNumber());
      }
      if (send.partition() == partition || send.partition() < 0) {
        possible.add(send.transactionNumber());
      }
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
