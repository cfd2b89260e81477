package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.STUCK_REPLICA;

import dev.trial.checkers.evidence.Election;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.FaultWindow;
import dev.trial.checkers.evidence.FlippedBits;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.LogView.ReplicaDump;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Operation;
import dev.trial.core.verdict.Cause;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Replicas that never come back. Out of sync alone proves nothing: a follower may be slow, its
 * broker may still be starting or have nobody to fetch from. But one whose broker follows another
 * leader, and which lacks what its own leader has had all the time since the healing, does not
 * replicate any more.
 */
final class StuckReplicas {

  /** Twice replica.lag.time.max.ms (30 s), after which a leader gives a follower up. */
  private static final long PATIENCE_NS = 60_000_000_000L;

  /** A replica that begins with an empty log has a whole log to fetch. */
  private static final Set<FaultKind> BEGINNING_ANEW =
      EnumSet.of(FaultKind.REASSIGNMENT, FaultKind.DISK_LOSS);

  private final Evidence evidence;
  private final Report report;
  private final long healed;
  private final long dumped;

  StuckReplicas(Evidence evidence, Report report) {
    this.evidence = evidence;
    this.report = report;
    this.healed = evidence.phase(Phase.Name.HEAL);
    this.dumped = evidence.phase(Phase.Name.DUMP);
  }

  void check() {
    if (healed < 0 || dumped < 0 || !allHealed()) {
      return;
    }
    for (LogView log : evidence.logs()) {
      for (ReplicaDump each : log.replicas()) {
        // A topic made again may have left its old log on a disk.
        if (!each.log().inSync() && log.reborn() == null) {
          behind(log, each);
        }
      }
    }
  }

  private boolean allHealed() {
    for (FaultWindow each : evidence.faults()) {
      if (!each.undone() || BEGINNING_ANEW.contains(each.fault().fault().fault().kind())) {
        return false;
      }
    }
    return evidence.oracles().stream().noneMatch(StuckReplicas::leftAFault);
  }

  private static boolean leftAFault(Operation operation) {
    Oracle oracle = (Oracle) operation.action();
    return oracle.oracle().equals(Oracle.UNSETTLED) && oracle.party().equals(Oracle.NEMESIS);
  }

  private void behind(LogView log, ReplicaDump replica) {
    report.count("replicas-out-of-sync");
    SendFact missing = missing(log, replica.log().logEnd());
    if (missing == null || !leaderHas(log, log.offsetOf(missing.value()))) {
      return;
    }
    ReplicaDump elsewhere = followedBy(replica.log().broker());
    long quietNs = quietNs();
    if (elsewhere != null && quietNs >= PATIENCE_NS) {
      add(log, replica, missing, elsewhere, quietNs);
    }
  }

  /** The first record from an offset on that was acknowledged before the healing. */
  private SendFact missing(LogView log, long from) {
    for (int row = log.rowFrom(from); row < log.size(); row++) {
      SendFact send = evidence.sendOf(log.value(row));
      if (send != null && send.acknowledged() && send.completed() < healed) {
        return send;
      }
    }
    return null;
  }

  /** True if there is a leader to fetch it from. */
  private static boolean leaderHas(LogView log, long offset) {
    Election last = last(log);
    return last != null
        && log.replicas().stream()
            .map(ReplicaDump::log)
            .anyMatch(
                each -> each.broker() == last.leader() && each.inSync() && offset < each.logEnd());
  }

  /**
   * A replica by which the broker keeps up with another one. That it leads says nothing, nor that
   * it is the last in sync: it stays that when it is gone.
   */
  private ReplicaDump followedBy(int broker) {
    for (LogView log : evidence.logs()) {
      Election last = last(log);
      boolean follows =
          last != null
              && last.leader() >= 0
              && last.leader() != broker
              && last.inSyncReplicas().containsAll(List.of(broker, last.leader()));
      for (ReplicaDump each : log.replicas()) {
        if (follows && each.log().broker() == broker && each.log().inSync()) {
          return each;
        }
      }
    }
    return null;
  }

  private static Election last(LogView log) {
    List<Election> all = log.leaderships();
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /** How long nothing has been done to the cluster when its replicas were looked at. */
  private long quietNs() {
    long disturbedNs = evidence.history().at(healed).timeNs();
    for (FaultWindow fault : evidence.faults()) {
      disturbedNs = Math.max(disturbedNs, fault.effectiveEndNs());
    }
    for (Operation each : evidence.nodes()) {
      disturbedNs = Math.max(disturbedNs, each.timeNs());
    }
    return evidence.history().at(dumped).timeNs() - disturbedNs;
  }

  private void add(
      LogView log, ReplicaDump replica, SendFact missing, ReplicaDump elsewhere, long quietNs) {
    boolean flipped = FlippedBits.before(evidence, replica.index());
    report.add(
        STUCK_REPLICA,
        log.id(),
        List.of(missing.completed(), elsewhere.index(), replica.index()),
        List.of(missing.value()),
        List.of(replica.log().logEnd()),
        flipped ? Cause.BIT_FLIPPED : Cause.UNEXPLAINED,
        "Replica "
            + replica.log().broker()
            + " of "
            + log.id()
            + " ends at "
            + replica.log().logEnd()
            + ", "
            + quietNs / 1_000_000_000L
            + " s after all was healed, though its broker keeps up in "
            + elsewhere.log().partition()
            + "; "
            + Sentences.value(missing.value(), missing.key())
            + " was acknowledged before, and lies at "
            + Sentences.at(log, log.offsetOf(missing.value()))
            + ".");
  }
}
