package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.HANGING_TRANSACTION;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.Action.Ends;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import java.util.List;
import java.util.Map;

/**
 * Transactions that stay open for ever (KIP-890): after healing, readers of committed data are held
 * before a transaction that should have ended or timed out long ago.
 */
final class HangingTransactionChecker extends FamilyChecker {

  /**
   * After transaction.timeout.ms the coordinator looks every
   * transaction.abort.timed.out.transaction.cleanup.interval.ms (10 s), then markers go out.
   */
  private static final long MARGIN_MS = 15_000;

  private static final String TIMEOUT = "transaction.timeout.ms";
  private static final long DEFAULT_TIMEOUT_MS = 60_000;

  HangingTransactionChecker() {
    super("hanging-transactions", Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    report.over("answers about ends", evidence.ends().size());
    for (Operation operation : evidence.ends()) {
      report.step();
      report.cost(evidence.logs().size());
      ProcessFact reader = evidence.process(operation.process());
      if (reader.finalReader() && reader.readsCommitted()) {
        Map<PartitionId, Long> ends = ((Ends) operation.action()).ends();
        for (LogView log : evidence.logs()) {
          Long stable = ends.get(log.id());
          if (stable != null && log.proven() && stable < log.end()) {
            held(evidence, report, operation, log, stable);
          }
        }
      }
    }
  }

  private static void held(
      Evidence evidence, Report report, Operation told, LogView log, long stable) {
    SendFact first = evidence.sendOf(log.valueAt(stable));
    if (first == null || first.transactionNumber() < 0) {
      return;
    }
    long openMs = (told.timeNs() - first.invokedNs()) / 1_000_000;
    long timeoutMs = evidence.process(first.process()).settingMs(TIMEOUT, DEFAULT_TIMEOUT_MS);
    if (openMs <= timeoutMs + MARGIN_MS) {
      return;
    }
    report.add(
        HANGING_TRANSACTION,
        log.id(),
        List.of(first.invoked(), told.index()),
        List.of(first.value()),
        List.of(stable),
        Losses.ofMarkers(log, first.invoked()),
        "Readers of committed data are held at "
            + Sentences.at(log, stable)
            + ", before "
            + Sentences.value(first.value(), first.key())
            + " of a transaction "
            + how(first)
            + ", "
            + openMs / 1_000
            + " s after it was sent; the log goes on to "
            + log.end()
            + ", and its transaction times out after "
            + timeoutMs / 1_000
            + " s.");
  }

  private static String how(SendFact first) {
    return switch (first.transaction()) {
      case COMMITTED -> "that was committed";
      case ABORTED -> "that was aborted";
      case UNKNOWN -> "whose commit has no known outcome";
      case ABANDONED, NONE -> "that nobody ended";
    };
  }
}
