package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.ABORTED_READ;
import static dev.trial.core.verdict.AnomalyKind.LOST_WRITE;
import static dev.trial.core.verdict.AnomalyKind.TORN_TRANSACTION;
import static dev.trial.core.verdict.AnomalyKind.ZOMBIE_COMMIT;

import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.checkers.evidence.SendFact.Transaction;
import dev.trial.checkers.evidence.TransactionFact;
import dev.trial.checkers.evidence.ValuePlaces;
import dev.trial.core.history.Action.Ends;
import dev.trial.core.history.Operation;
import dev.trial.core.verdict.AnomalyKind;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.List;

/** Transactions: what readers may not see, and whether each is there as a whole in the end. */
final class TransactionChecker extends FamilyChecker {
  TransactionChecker() {
    super("transactions", Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    count(evidence, report);
    TransactionChanges.count(evidence, report);
    Deliveries rows = evidence.deliveries();
    LongOpenHashSet reported = new LongOpenHashSet();
    report.over("deliveries", rows.size());
    for (int row = 0; row < rows.size(); row++) {
      report.step();
      SendFact send = evidence.sendOf(rows.value(row));
      if (send != null && send.transactionNumber() >= 0) {
        delivered(evidence, report, row, send, reported);
      }
    }
    torn(evidence, report);
  }

  private static void count(Evidence evidence, Report report) {
    int last = -1;
    for (SendFact send : evidence.sends()) {
      int number = send.transactionNumber();
      if (number >= 0 && number > last) {
        last = number;
        report.count(
            "transactions." + send.transaction().name().toLowerCase(java.util.Locale.ROOT));
      }
    }
  }

  // ---- what may not be seen

  private static void delivered(
      Evidence evidence, Report report, int row, SendFact send, LongOpenHashSet reported) {
    Deliveries rows = evidence.deliveries();
    ProcessFact reader = evidence.process(rows.process(row));
    boolean aborted = send.transaction() == Transaction.ABORTED;
    boolean zombie =
        send.transaction() == Transaction.ABANDONED
            && reader.readsCommitted()
            && evidence.heardSince(evidence.process(send.process()), rows.operation(row));
    if (!(aborted || zombie) || !reported.add(send.value())) {
      return;
    }
    AnomalyKind kind = aborted ? ABORTED_READ : ZOMBIE_COMMIT;
    String level = reader.readsCommitted() ? "read_committed" : "read_uncommitted";
    String why = aborted ? "was aborted" : "nobody tried to commit";
    report.add(
        kind,
        evidence.log(rows.partition(row)).id(),
        List.of(send.invoked(), send.completed(), (long) rows.operation(row)),
        List.of(send.value()),
        List.of(rows.offset(row)),
        Losses.ofMarkers(evidence.log(rows.partition(row)), send.invoked()),
        reader.client()
            + " ("
            + level
            + ") read "
            + Sentences.value(send.value(), send.key())
            + " at "
            + Sentences.at(evidence.log(rows.partition(row)), rows.offset(row))
            + ", of a transaction that "
            + why
            + ".");
  }

  // ---- as a whole

  private static void torn(Evidence evidence, Report report) {
    if (evidence.transactions().isEmpty()) {
      return;
    }
    long[] ends = finalEnds(evidence);
    ValuePlaces read = finallyRead(evidence);
    List<SendFact> covered = new ArrayList<>();
    report.over("transactions", evidence.transactions().size());
    for (TransactionFact transaction : evidence.transactions()) {
      report.step();
      report.cost(transaction.sends().size());
      covered.clear();
      for (SendFact send : transaction.sends()) {
        if (mayBeCommitted(send) && covered(ends, send)) {
          covered.add(send);
        }
      }
      if (!covered.isEmpty()) {
        torn(evidence, report, covered, read);
      }
    }
  }

  private static boolean mayBeCommitted(SendFact send) {
    return send.transaction() == Transaction.COMMITTED || send.transaction() == Transaction.UNKNOWN;
  }

  /** The end that the final reader of committed data was told, by the partition's number. */
  private static long[] finalEnds(Evidence evidence) {
    long[] ends = new long[evidence.logs().size()];
    for (Operation operation : evidence.ends()) {
      ProcessFact reader = evidence.process(operation.process());
      if (reader.readAll() && reader.readsCommitted()) {
        ((Ends) operation.action())
            .ends()
            .forEach((id, end) -> raise(ends, evidence.numberOf(id), end));
      }
    }
    return ends;
  }

  private static void raise(long[] ends, int partition, long end) {
    if (partition >= 0) {
      ends[partition] = Math.max(ends[partition], end);
    }
  }

  /** True if the final reader must have come by where it was acknowledged. */
  private static boolean covered(long[] ends, SendFact send) {
    return send.acknowledged()
        && send.partition() >= 0
        && send.offset() >= 0
        && send.offset() < ends[send.partition()];
  }

  /** By which operation the final reader got each value last; all of it is one place. */
  private static ValuePlaces finallyRead(Evidence evidence) {
    Deliveries rows = evidence.deliveries();
    ValuePlaces read = new ValuePlaces(rows.size());
    for (int row = rows.size() - 1; row >= 0; row--) {
      ProcessFact reader = evidence.process(rows.process(row));
      if (reader.finalReader() && reader.readsCommitted()) {
        read.putIfAbsent(0, rows.value(row), rows.operation(row));
      }
    }
    return read;
  }

  private static void torn(
      Evidence evidence, Report report, List<SendFact> sends, ValuePlaces read) {
    SendFact there = null;
    SendFact absent = null;
    for (SendFact send : sends) {
      if (read.get(0, send.value()) == ValuePlaces.NONE) {
        absent = send;
      } else {
        there = send;
      }
    }
    if (there == null && absent.transaction() == Transaction.COMMITTED) {
      unreadable(evidence, report, absent);
    }
    if (there == null || absent == null) {
      return;
    }
    report.add(
        TORN_TRANSACTION,
        evidence.log(absent.partition()).id(),
        List.of(there.invoked(), absent.invoked(), absent.completed(), read.get(0, there.value())),
        List.of(there.value(), absent.value()),
        List.of(there.offset(), absent.offset()),
        Losses.ofMarkers(evidence.log(absent.partition()), absent.invoked()),
        "Of one transaction, "
            + Sentences.value(there.value(), there.key())
            + " can be read at "
            + Sentences.at(evidence.log(there.partition()), there.offset())
            + ", and "
            + Sentences.value(absent.value(), absent.key())
            + " cannot at "
            + Sentences.at(evidence.log(absent.partition()), absent.offset())
            + ".");
  }

  private static void unreadable(Evidence evidence, Report report, SendFact send) {
    report.add(
        LOST_WRITE,
        evidence.log(send.partition()).id(),
        List.of(send.invoked(), send.completed()),
        List.of(send.value()),
        List.of(send.offset()),
        Losses.ofMarkers(evidence.log(send.partition()), send.invoked()),
        Sentences.capital(Sentences.value(send.value(), send.key()))
            + " was acknowledged at "
            + Sentences.at(evidence.log(send.partition()), send.offset())
            + " and its transaction committed, but who reads what is committed does not get it.");
  }
}
