package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.COMPACTION_REORDER;
import static dev.trial.core.verdict.AnomalyKind.DUPLICATE;
import static dev.trial.core.verdict.AnomalyKind.INCONSISTENT_OFFSETS;
import static dev.trial.core.verdict.AnomalyKind.PHANTOM;
import static dev.trial.core.verdict.AnomalyKind.RESURRECTED;

import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Cause;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What lies in the log: each value once, where it was acknowledged, as it was sent. */
final class ContentChecker extends FamilyChecker {

  ContentChecker() {
    super("content", Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    LongOpenHashSet resurrected = new LongOpenHashSet();
    report.over("partitions", evidence.logs().size());
    DuplicateCauses causes = new DuplicateCauses(evidence);
    List<LogView> unsent = new ArrayList<>();
    for (LogView log : evidence.logs()) {
      report.step();
      report.cost(log.size());
      if (log.proven() && !records(evidence, log, report, causes, resurrected)) {
        unsent.add(log);
      }
    }
    acknowledgedElsewhere(evidence, losses, report);
    deliveries(evidence, losses, report, resurrected, unsent);
  }

  /** Goes through the records of a log; false if one is there that nobody sent. */
  private static boolean records(
      Evidence evidence,
      LogView log,
      Report report,
      DuplicateCauses causes,
      LongOpenHashSet resurrected) {
    boolean sent = true;
    for (int row = 0; row < log.size(); row++) {
      long value = log.value(row);
      SendFact send = evidence.sendOf(value);
      if (send == null) {
        sent = false;
        continue;
      }
      long first = log.offsetOf(value);
      if (first != log.offset(row)) {
        duplicate(log, report, causes, row, send, first);
      }
      if (onlyFailed(send)) {
        long offset = log.offset(row);
        resurrected(report, log, offset, send, log.witness(offset), resurrected);
      }
    }
    return sent;
  }

  // ---- duplicate

  private static void duplicate(
      LogView log, Report report, DuplicateCauses causes, int row, SendFact send, long first) {
    long value = send.value();
    boolean once = send.again() == null;
    long again = once ? -1 : send.again().invoked();
    report.add(
        DUPLICATE,
        log.id(),
        List.of(
            send.invoked(),
            send.completed(),
            again,
            log.witness(first),
            log.witness(log.offset(row))),
        List.of(value),
        List.of(first, log.offset(row)),
        once ? causes.of(log, send, first, log.offset(row)) : Cause.UNEXPLAINED,
        Sentences.capital(Sentences.value(value, send.key()))
            + " was sent "
            + (once ? "once" : "more than once by the application")
            + " and lies at "
            + Sentences.at(log, first)
            + " and again at "
            + Sentences.at(log, log.offset(row))
            + ".");
  }

  // ---- two values at one offset

  private static void acknowledgedElsewhere(Evidence evidence, Losses losses, Report report) {
    report.over("sends", evidence.sends().size());
    for (SendFact send : evidence.sends()) {
      report.step();
      if (!send.acknowledged() || send.offset() < 0 || send.partition() < 0) {
        continue;
      }
      LogView log = evidence.log(send.partition());
      long there = log.valueAt(send.offset());
      if (there == send.value()) {
        continue;
      }
      boolean elsewhere = log.proven() && log.contains(send.value());
      boolean used = log.rowFrom(send.offset()) < log.size() && log.valueAt(send.offset()) >= 0;
      if (!used && !elsewhere) {
        continue;
      }
      Cause cause =
          losses.truncated(log, send.offset(), send.value(), send.completed())
              ? Cause.CONSEQUENCE_OF_TRUNCATION
              : Cause.UNEXPLAINED;
      if (log.proven() && send.offset() < log.start()) {
        continue;
      }
      String found =
          used
              ? "holds " + Sentences.value(there, null)
              : "holds nothing, the value lies at " + log.offsetOf(send.value());
      boolean moved = evidence.rules().compacted() && elsewhere;
      report.add(
          moved ? COMPACTION_REORDER : INCONSISTENT_OFFSETS,
          log.id(),
          List.of(
              send.invoked(),
              send.completed(),
              log.witness(used ? send.offset() : log.offsetOf(send.value()))),
          used ? List.of(send.value(), there) : List.of(send.value()),
          List.of(send.offset()),
          cause,
          Sentences.capital(Sentences.value(send.value(), send.key()))
              + " was acknowledged at "
              + Sentences.at(log, send.offset())
              + (log.proven() ? ", but in the end that offset " : ", but to a reader that offset ")
              + found
              + ".");
    }
  }

  private static void deliveries(
      Evidence evidence,
      Losses losses,
      Report report,
      LongOpenHashSet resurrected,
      List<LogView> unsent) {
    Set<String> phantoms = new TreeSet<>();
    Deliveries rows = evidence.deliveries();
    Seen[] seen = new Seen[evidence.logs().size()];
    report.over("deliveries", rows.size());
    for (int row = 0; row < rows.size(); row++) {
      report.step();
      int partition = rows.partition(row);
      LogView log = evidence.log(partition);
      if (seen[partition] == null) {
        seen[partition] = new Seen(log);
      }
      seen[partition].check(evidence, losses, report, log, row);
      SendFact send = evidence.sendOf(rows.value(row));
      phantom(evidence, report, row, send, phantoms);
      if (onlyFailed(send)) {
        resurrected(report, log, rows.offset(row), send, rows.operation(row), resurrected);
      }
    }
    for (LogView log : unsent) {
      inLogOnly(evidence, log, report, phantoms);
    }
  }

  /** First delivery of every offset of a partition. */
  private static final class Seen {
    /** By row of the log: the delivery + 1, 0 for none. Other offsets are hashed. */
    private final int[] rowByLogRow;

    private final Long2LongOpenHashMap rowByOffset = new Long2LongOpenHashMap();
    private final LongOpenHashSet reported = new LongOpenHashSet();

    Seen(LogView log) {
      rowByLogRow = new int[log.size()];
      rowByOffset.defaultReturnValue(-1);
    }

    /** The first delivery of an offset, −1 if this is it. */
    private long firstOf(LogView log, long offset, int row) {
      int at = log.rowFrom(offset);
      if (at >= log.size() || log.offset(at) != offset) {
        return rowByOffset.putIfAbsent(offset, row);
      }
      int first = rowByLogRow[at] - 1;
      if (first < 0) {
        rowByLogRow[at] = row + 1;
      }
      return first;
    }

    void check(Evidence evidence, Losses losses, Report report, LogView log, int row) {
      Deliveries rows = evidence.deliveries();
      long offset = rows.offset(row);
      long value = rows.value(row);
      long first = firstOf(log, offset, row);
      long other = first < 0 ? log.valueAt(offset) : rows.value((int) first);
      if (other == value || other < 0) {
        return;
      }
      boolean known = first >= 0 || (log.proven() && log.witness(offset) >= 0);
      if (!known || !reported.add(value)) {
        return;
      }
      long otherOperation = first < 0 ? log.witness(offset) : rows.operation((int) first);
      boolean follows =
          losses.truncated(log, offset, value, rows.operation(row))
              || losses.truncated(log, offset, other, otherOperation);
      report.add(
          INCONSISTENT_OFFSETS,
          log.id(),
          List.of(otherOperation, (long) rows.operation(row)),
          List.of(other, value),
          List.of(offset),
          follows ? Cause.CONSEQUENCE_OF_TRUNCATION : Cause.UNEXPLAINED,
          Sentences.at(log, offset)
              + " was seen as "
              + Sentences.value(other, null)
              + " and as "
              + Sentences.value(value, rows.key(row))
              + ".");
    }
  }

  // ---- phantom

  private static void phantom(
      Evidence evidence, Report report, int row, SendFact send, Set<String> reported) {
    Deliveries rows = evidence.deliveries();
    LogView log = evidence.log(rows.partition(row));
    String wrong = wrong(evidence, log, row, send);
    if (wrong == null || !reported.add(Sentences.at(log, rows.offset(row)) + rows.value(row))) {
      return;
    }
    report.add(
        PHANTOM,
        log.id(),
        List.of(send == null ? -1 : send.invoked(), (long) rows.operation(row)),
        List.of(rows.value(row)),
        List.of(rows.offset(row)),
        Cause.UNEXPLAINED,
        evidence.process(rows.process(row)).client()
            + " read "
            + Sentences.value(rows.value(row), rows.key(row))
            + " at "
            + Sentences.at(log, rows.offset(row))
            + ": "
            + wrong
            + ".");
  }

  private static String wrong(Evidence evidence, LogView log, int row, SendFact send) {
    Deliveries rows = evidence.deliveries();
    if (rows.defect(row) != null) {
      return rows.defect(row);
    }
    if (send == null) {
      return allHeardSince(evidence, rows.operation(row)) ? "nobody sent it" : null;
    }
    if (!Objects.equals(send.key(), rows.key(row))) {
      return "it was sent with key " + send.key();
    }
    for (SendFact each = send; each != null; each = each.again()) {
      if (each.partition() < 0 || each.partition() == rows.partition(row)) {
        return null;
      }
    }
    return "it was sent to " + evidence.log(send.partition()).id();
  }

  /** True if no send from before an index can be missing from the history. */
  private static boolean allHeardSince(Evidence evidence, long index) {
    for (ProcessFact each : evidence.processes()) {
      boolean sends = each.kind() == Start.Kind.PRODUCER || each.kind() == Start.Kind.PROCESSOR;
      if (sends && !evidence.heardSince(each, index)) {
        return false;
      }
    }
    return true;
  }

  /** A dump shows what no reader may have reached. */
  private static void inLogOnly(
      Evidence evidence, LogView log, Report report, Set<String> reported) {
    for (int row = 0; row < log.size(); row++) {
      long value = log.value(row);
      boolean unsent = evidence.sendOf(value) == null;
      if (unsent && reported.add(Sentences.at(log, log.offset(row)) + value)) {
        report.add(
            PHANTOM,
            log.id(),
            List.of(log.witness(log.offset(row))),
            List.of(value),
            List.of(log.offset(row)),
            Cause.UNEXPLAINED,
            Sentences.at(log, log.offset(row))
                + " holds "
                + Sentences.value(value, null)
                + ": nobody sent it.");
      }
    }
  }

  // ---- resurrected

  /** True if the application sent it and every attempt certainly failed. */
  private static boolean onlyFailed(SendFact send) {
    for (SendFact each = send; each != null; each = each.again()) {
      if (each.outcome() != Stage.FAIL) {
        return false;
      }
    }
    return send != null;
  }

  private static void resurrected(
      Report report,
      LogView log,
      long offset,
      SendFact send,
      long witness,
      LongOpenHashSet reported) {
    long value = send.value();
    if (reported.add(value)) {
      report.add(
          RESURRECTED,
          log.id(),
          List.of(send.invoked(), send.completed(), witness),
          List.of(value),
          List.of(offset),
          Cause.UNEXPLAINED,
          Sentences.capital(Sentences.value(value, send.key()))
              + " was certainly not sent ("
              + send.error()
              + ") and yet lies at "
              + Sentences.at(log, offset)
              + ".");
    }
  }
}
