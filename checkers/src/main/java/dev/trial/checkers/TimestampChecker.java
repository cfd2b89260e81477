package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.WRONG_TIMESTAMP;
import static dev.trial.core.verdict.AnomalyKind.WRONG_TIMESTAMP_LOOKUP;

import dev.trial.checkers.KnownStamps.Contradiction;
import dev.trial.checkers.KnownStamps.Known;
import dev.trial.checkers.evidence.Election;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.core.history.Action.Lookup;
import dev.trial.core.history.Action.Node;
import dev.trial.core.history.Action.Stamps;
import dev.trial.core.history.Action.Stamps.Source;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Rules;
import java.util.List;

/**
 * Timestamps of records, and offsets by time (KIP-32, KIP-33, KIP-79): a record has one timestamp
 * for everybody; a lookup finds the first record of the log whose timestamp is not before the asked
 * time. A log in which acknowledged records were truncated is not judged: offsets come again there.
 */
final class TimestampChecker extends FamilyChecker {

  TimestampChecker() {
    super("timestamps", Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    if (evidence.timestamps().isEmpty()) {
      return;
    }
    for (LogView log : evidence.logs()) {
      if (truncates(evidence, log)) {
        report.count("partitions-not-judged");
      } else if (shrinks(evidence) && !log.proven()) {
        report.unknown("nobody knows which records were deleted of " + log.id());
      } else {
        judge(evidence, report, log);
      }
    }
  }

  private static boolean truncates(Evidence evidence, LogView log) {
    return log.leaderships().stream().anyMatch(Election::unclean)
        || evidence.nodes().stream()
            .anyMatch(each -> ((Node) each.action()).change() == Node.Change.LOST_POWER);
  }

  private static void judge(Evidence evidence, Report report, LogView log) {
    KnownStamps known = new KnownStamps();
    for (Operation operation : evidence.timestamps()) {
      if (operation.action() instanceof Stamps stamps && stamps.partition().equals(log.id())) {
        told(evidence.rules(), report, log, known, operation, stamps);
      }
    }
    known.complete(offset -> !shrinks(evidence) || log.valueAt(offset) != LogView.NONE);
    report.set("timestamps-known." + log.id(), known.size());
    for (Operation operation : evidence.timestamps()) {
      boolean answered = operation.stage() == Stage.OK;
      if (answered
          && operation.action() instanceof Lookup lookup
          && lookup.partition().equals(log.id())) {
        report.count("lookups");
        lookup(evidence, report, log, known, operation, lookup);
      }
    }
  }

  /** Records may go within a run: one that is gone may have been gone when a leader looked. */
  private static boolean shrinks(Evidence evidence) {
    Rules rules = evidence.rules();
    return rules.retained() || rules.compacted() || evidence.recordsDeleted();
  }

  // ---- timestamps

  private static void told(
      Rules rules,
      Report report,
      LogView log,
      KnownStamps known,
      Operation operation,
      Stamps stamps) {
    boolean acknowledgement = stamps.source() == Source.ACKNOWLEDGED;
    if (acknowledgement && (rules.acks() != -1 || !rules.stampedByLog())) {
      // A duplicate of a batch with the client's times is answered with the batch's largest one.
      return;
    }
    if (!acknowledgement && stamps.byLog() != rules.stampedByLog()) {
      report.add(
          WRONG_TIMESTAMP,
          log.id(),
          List.of(operation.index()),
          List.of(),
          stamps.stamps().stream().map(each -> each.offset()).toList(),
          Cause.UNEXPLAINED,
          "Records of "
              + log.id()
              + " were read with timestamps set by "
              + (stamps.byLog() ? "the log" : "their producer")
              + ", though message.timestamp.type says otherwise.");
    }
    for (Contradiction each : known.told(operation, stamps, rules.acks() == -1)) {
      report.add(
          WRONG_TIMESTAMP,
          log.id(),
          List.of(each.first().toldBy(), each.toldBy()),
          List.of(),
          List.of(each.first().offset()),
          Cause.UNEXPLAINED,
          "The record at "
              + Sentences.at(log, each.first().offset())
              + " had timestamp "
              + each.first().timestampMs()
              + " and then "
              + each.second().timestampMs()
              + ".");
    }
  }

  // ---- lookups

  private static void lookup(
      Evidence evidence,
      Report report,
      LogView log,
      KnownStamps known,
      Operation told,
      Lookup lookup) {
    Known first =
        lookup.offset() >= 0
            ? known.firstFrom(lookup.askedMs())
            : missed(evidence, known, told, lookup);
    Known found = lookup.offset() < 0 ? null : known.at(lookup.offset());
    boolean tooEarly = lookup.offset() >= 0 && lookup.timestampMs() < lookup.askedMs();
    if (tooEarly || found != null && found.timestampMs() != lookup.timestampMs()) {
      wrong(report, log, told, found, "which " + (tooEarly ? "is before that" : has(found)));
    } else if (first != null && (lookup.offset() < 0 || first.offset() < lookup.offset())) {
      wrong(
          report,
          log,
          told,
          first,
          "though the record at " + Sentences.at(log, first.offset()) + " " + has(first));
    }
  }

  /** Above the last stable offset a reader of committed data is told of nothing. */
  private static Known missed(Evidence evidence, KnownStamps known, Operation told, Lookup lookup) {
    boolean committedOnly = evidence.process(told.process()).readsCommitted();
    return committedOnly ? null : known.firstReadableFrom(lookup.askedMs(), Evidence.begun(told));
  }

  private static String has(Known known) {
    return "has timestamp " + known.timestampMs();
  }

  private static void wrong(
      Report report, LogView log, Operation told, Known witness, String contradiction) {
    Lookup lookup = (Lookup) told.action();
    String answer =
        lookup.offset() < 0
            ? "there is none"
            : Sentences.at(log, lookup.offset()) + " with timestamp " + lookup.timestampMs();
    report.add(
        WRONG_TIMESTAMP_LOOKUP,
        log.id(),
        List.of(witness == null ? -1 : witness.toldBy(), told.invocation(), told.index()),
        List.of(),
        witness == null ? List.of() : List.of(witness.offset()),
        Cause.UNEXPLAINED,
        "Asked for the first record of "
            + log.id()
            + " from "
            + lookup.askedMs()
            + " on, the leader told "
            + answer
            + ", "
            + contradiction
            + ".");
  }
}
