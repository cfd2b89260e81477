package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.BROKER_INVARIANT;
import static dev.trial.core.verdict.AnomalyKind.CALLBACK_MISSING;
import static dev.trial.core.verdict.AnomalyKind.CLIENT_ERROR;
import static dev.trial.core.verdict.AnomalyKind.WIRE_CORRUPTION;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.FlippedBits;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Operation;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.List;

/** What a client library owes its application: every callback once, and bytes left alone. */
final class ClientChecker extends FamilyChecker {

  ClientChecker() {
    super("client", Part.PROCESS_ENDS);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    report.over("sends", evidence.sends().size());
    for (SendFact send : evidence.sends()) {
      report.step();
      callbacks(evidence, report, send);
    }
    for (Operation operation : evidence.oracles()) {
      Oracle oracle = (Oracle) operation.action();
      if (oracle.oracle().equals(Oracle.UNSETTLED)) {
        report.unknown(oracle.detail());
        continue;
      }
      report.add(
          kind(oracle.oracle()),
          null,
          List.of(operation.index()),
          List.of(),
          List.of(),
          cause(evidence, oracle, operation.index()),
          sentence(oracle));
    }
  }

  private static Cause cause(Evidence evidence, Oracle oracle, long index) {
    boolean flipped =
        oracle.oracle().equals(Oracle.FETCHED_BATCH) && FlippedBits.before(evidence, index);
    return flipped ? Cause.BIT_FLIPPED : Cause.UNEXPLAINED;
  }

  /** What an oracle proves; all but the named ones watch bytes. */
  private static AnomalyKind kind(String oracle) {
    return switch (oracle) {
      case "uncaught-error", "uncaught-exception", "shared-consumer" -> CLIENT_ERROR;
      case "future-not-done" -> CALLBACK_MISSING;
      case "invariant", Oracle.HANDLER_FAULT -> BROKER_INVARIANT;
      default -> WIRE_CORRUPTION;
    };
  }

  private static String sentence(Oracle oracle) {
    return switch (kind(oracle.oracle())) {
      case CLIENT_ERROR -> "A thread of " + oracle.party() + " failed: " + oracle.detail();
      case CALLBACK_MISSING -> "Futures of " + oracle.party() + " never ended: " + oracle.detail();
      case BROKER_INVARIANT -> ofNodes(oracle);
      default -> ofBytes(oracle);
    };
  }

  private static String ofNodes(Oracle oracle) {
    return oracle.oracle().equals(Oracle.HANDLER_FAULT)
        ? oracle.party() + " failed in a request that it had to answer: " + oracle.detail()
        : "The replicas broke an invariant: " + oracle.detail();
  }

  private static String ofBytes(Oracle oracle) {
    return switch (oracle.oracle()) {
      case Oracle.FETCHED_BATCH ->
          oracle.party() + " refused a batch that it had fetched: " + oracle.detail() + ".";
      case Oracle.PRODUCED_BATCH ->
          oracle.party() + " refused a batch that was produced to it: " + oracle.detail() + ".";
      default ->
          "The wire of " + oracle.party() + " proved " + oracle.oracle() + ": " + oracle.detail();
    };
  }

  private static void callbacks(Evidence evidence, Report report, SendFact send) {
    if (send.completions() == 1) {
      return;
    }
    ProcessFact process = evidence.process(send.process());
    if (send.completions() > 1) {
      missing(evidence, report, send, "its callback came " + send.completions() + " times");
    } else if (process.ended() == End.How.CLOSED) {
      String closed = process.client() + " closed its producer, and its callback never came";
      missing(evidence, report, send, closed);
    } else {
      report.count("sends-cut-off");
    }
  }

  private static void missing(Evidence evidence, Report report, SendFact send, String what) {
    ProcessFact process = evidence.process(send.process());
    report.add(
        CALLBACK_MISSING,
        send.partition() < 0 ? null : evidence.log(send.partition()).id(),
        send.completions() > 1
            ? List.of(send.invoked(), send.completed(), send.extraCompletion())
            : List.of(send.invoked(), process.endIndex()),
        List.of(send.value()),
        List.of(),
        Cause.UNEXPLAINED,
        Sentences.capital(Sentences.value(send.value(), send.key())) + " was sent; " + what + ".");
  }
}
