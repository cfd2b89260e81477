package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.REPLICA_DIVERGENCE;
import static dev.trial.core.verdict.AnomalyKind.WATERMARK_REGRESSION;

import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.LogView.ReplicaDump;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Losses.Loss;
import dev.trial.checkers.evidence.Part;
import dev.trial.core.history.Action.Ends;
import dev.trial.core.history.Logged;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What replicas must agree on, and what a high watermark once told must keep. */
final class ReplicaChecker extends FamilyChecker {

  ReplicaChecker() {
    super("replicas", Part.REPLICA_LOGS, Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    report.over("partitions", evidence.logs().size());
    for (LogView log : evidence.logs()) {
      report.step();
      divergence(log, evidence.rules().compacted(), report);
    }
    new StuckReplicas(evidence, report).check();
    watermarks(evidence, losses, report);
  }

  // ---- divergence

  private static void divergence(LogView log, boolean compacted, Report report) {
    List<ReplicaDump> inSync = new ArrayList<>();
    long watermark = 0;
    for (ReplicaDump each : log.replicas()) {
      if (each.log().inSync()) {
        inSync.add(each);
        watermark = Math.max(watermark, each.log().highWatermark());
      }
    }
    for (ReplicaDump each : inSync) {
      report.count("in-sync-replicas-compared");
      if (each.log().logEnd() < watermark) {
        shorter(log, each, watermark, report);
      } else if (each != inSync.get(0)) {
        compare(log, inSync.get(0), each, watermark, compacted, report);
      }
    }
  }

  private static void shorter(LogView log, ReplicaDump replica, long watermark, Report report) {
    report.add(
        REPLICA_DIVERGENCE,
        log.id(),
        List.of(replica.index()),
        List.of(),
        List.of(replica.log().logEnd()),
        Cause.UNEXPLAINED,
        "Replica "
            + replica.log().broker()
            + " of "
            + log.id()
            + " is in sync, but its log ends at "
            + replica.log().logEnd()
            + ", below the high watermark "
            + watermark
            + ".");
  }

  /** Each replica cleans at its own time: of a compacted log only what both still have counts. */
  private static void compare(
      LogView log,
      ReplicaDump one,
      ReplicaDump other,
      long watermark,
      boolean compacted,
      Report report) {
    long from = Math.max(one.log().logStart(), other.log().logStart());
    long to = Math.min(watermark, Math.min(one.log().logEnd(), other.log().logEnd()));
    List<Logged> left = one.log().records();
    List<Logged> right = other.log().records();
    int l = skip(left, from);
    int r = skip(right, from);
    while (true) {
      report.cost(1);
      Logged a = at(left, l, to);
      Logged b = at(right, r, to);
      if (a == null && b == null) {
        return;
      }
      if (compacted && (a == null || b == null || a.offset() != b.offset())) {
        boolean behind = b == null || a != null && a.offset() < b.offset();
        l += behind ? 1 : 0;
        r += behind ? 0 : 1;
        continue;
      }
      if (a == null || b == null || !same(a, b)) {
        differ(log, one, a, other, b, report);
        return;
      }
      l++;
      r++;
    }
  }

  /** Written out, as it is asked for every record of every replica. */
  private static boolean same(Logged a, Logged b) {
    return a.offset() == b.offset()
        && a.value() == b.value()
        && a.leaderEpoch() == b.leaderEpoch()
        && a.control() == b.control();
  }

  private static int skip(List<Logged> records, long from) {
    int at = 0;
    while (at < records.size() && records.get(at).offset() < from) {
      at++;
    }
    return at;
  }

  private static Logged at(List<Logged> records, int row, long to) {
    return row < records.size() && records.get(row).offset() < to ? records.get(row) : null;
  }

  private static void differ(
      LogView log, ReplicaDump one, Logged a, ReplicaDump other, Logged b, Report report) {
    List<Long> values = new ArrayList<>();
    List<Long> offsets = new ArrayList<>();
    for (Logged each : new Logged[] {a, b}) {
      if (each != null) {
        values.add(each.value());
        offsets.add(each.offset());
      }
    }
    report.add(
        REPLICA_DIVERGENCE,
        log.id(),
        List.of(one.index(), other.index()),
        values,
        offsets,
        Cause.UNEXPLAINED,
        "In-sync replicas of "
            + log.id()
            + " differ below the high watermark: replica "
            + one.log().broker()
            + words(a)
            + ", replica "
            + other.log().broker()
            + words(b)
            + ".");
  }

  private static String words(Logged record) {
    if (record == null) {
      return " has no such record";
    }
    String what = record.control() ? "a control record" : "value " + record.value();
    return " has " + what + " at " + record.offset() + " (epoch " + record.leaderEpoch() + ")";
  }

  // ---- watermark

  /** The highest end anybody was told or read, and by which operation; by partition number. */
  private static final class Settled {
    private final long[] ends;
    private final long[] operations;

    Settled(int partitions) {
      ends = new long[partitions];
      operations = new long[partitions];
      Arrays.fill(ends, Long.MIN_VALUE);
    }

    void raise(int partition, long end, long operation) {
      if (end > ends[partition]) {
        ends[partition] = end;
        operations[partition] = operation;
      }
    }

    void forget(int partition) {
      ends[partition] = Long.MIN_VALUE;
    }
  }

  private static void watermarks(Evidence evidence, Losses losses, Report report) {
    Settled settled = new Settled(evidence.logs().size());
    Deliveries rows = evidence.deliveries();
    int row = 0;
    List<Told> pending = new ArrayList<>();
    report.over("answers about ends", evidence.ends().size());
    for (Operation operation : evidence.ends()) {
      report.step();
      report.cost(pending.size());
      long begun = Evidence.begun(operation);
      for (; row < rows.size() && rows.operation(row) < begun; row++) {
        settled.raise(rows.partition(row), rows.offset(row) + 1, rows.operation(row));
      }
      pending.removeIf(told -> settle(settled, told, begun));
      Ends ends = (Ends) operation.action();
      for (Map.Entry<PartitionId, Long> entry : new TreeMap<>(ends.ends()).entrySet()) {
        Told told =
            new Told(evidence.numberOf(entry.getKey()), entry.getValue(), operation.index());
        // Nothing else is known of a partition that has no number.
        if (told.partition() < 0) {
          continue;
        }
        if (told.end() < settled.ends[told.partition()]) {
          regression(evidence, losses, report, settled, told);
          settled.forget(told.partition());
        }
        pending.add(told);
      }
    }
  }

  /** The end of a partition, of that number, as an operation told it. */
  private record Told(int partition, long end, long operation) {}

  private static boolean settle(Settled settled, Told told, long before) {
    if (told.operation() >= before) {
      return false;
    }
    settled.raise(told.partition(), told.end(), told.operation());
    return true;
  }

  private static void regression(
      Evidence evidence, Losses losses, Report report, Settled settled, Told told) {
    LogView log = evidence.log(told.partition());
    long end = settled.ends[told.partition()];
    long known = settled.operations[told.partition()];
    Loss loss = losses.ofRead(log, end - 1, known);
    long election = loss.election() == null ? -1 : loss.election().index();
    report.add(
        WATERMARK_REGRESSION,
        log.id(),
        List.of(known, election, told.operation()),
        List.of(),
        List.of(end, told.end()),
        loss.cause(),
        log.id()
            + " was readable up to "
            + end
            + ", and later its end was told to be "
            + told.end()
            + ": "
            + Sentences.why(loss)
            + ".");
  }
}
