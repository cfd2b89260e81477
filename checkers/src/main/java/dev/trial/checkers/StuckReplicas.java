package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.STUCK_REPLICA;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.FaultWindow;
import dev.trial.checkers.evidence.FlippedBits;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.LogView.ReplicaDump;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Operation;
import dev.trial.core.verdict.Cause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Replicas that never come back. Out of sync alone proves nothing: a follower may be slow, its
 * broker may still be starting. One that has nothing new for so long, though its broker keeps up
 * elsewhere, does not replicate any more.
 */
final class StuckReplicas {

  /** Twice replica.lag.time.max.ms (30 s), after which a leader gives a follower up. */
  private static final long PATIENCE_NS = 60_000_000_000L;

  private final Evidence evidence;
  private final Report report;

  /** By broker: a dump in which it is in sync. */
  private final Map<Integer, ReplicaDump> inSync = new HashMap<>();

  StuckReplicas(Evidence evidence, Report report) {
    this.evidence = evidence;
    this.report = report;
  }

  void check() {
    long healed = evidence.phase(Phase.Name.HEAL);
    if (healed < 0) {
      return;
    }
    for (LogView log : evidence.logs()) {
      for (ReplicaDump each : log.replicas()) {
        if (each.log().inSync()) {
          inSync.putIfAbsent(each.log().broker(), each);
        }
      }
    }
    for (LogView log : evidence.logs()) {
      for (ReplicaDump each : log.replicas()) {
        if (!each.log().inSync() && log.proven()) {
          behind(log, each, healed);
        }
      }
    }
  }

  private void behind(LogView log, ReplicaDump replica, long healed) {
    report.count("replicas-out-of-sync");
    SendFact missing = missing(log, replica.log().logEnd(), healed);
    ReplicaDump elsewhere = inSync.get(replica.log().broker());
    long quietNs = quietNs(replica);
    if (missing == null || elsewhere == null || quietNs < PATIENCE_NS) {
      return;
    }
    report.add(
        STUCK_REPLICA,
        log.id(),
        List.of(missing.completed(), elsewhere.index(), replica.index()),
        List.of(missing.value()),
        List.of(replica.log().logEnd()),
        FlippedBits.before(evidence, replica.index()) ? Cause.BIT_FLIPPED : Cause.UNEXPLAINED,
        sentence(log, replica, missing, elsewhere, quietNs));
  }

  /** The first record from an offset on that was acknowledged before the healing. */
  private SendFact missing(LogView log, long from, long healed) {
    for (int row = log.rowFrom(from); row < log.size(); row++) {
      SendFact send = evidence.sendOf(log.value(row));
      if (send != null && send.acknowledged() && send.completed() < healed) {
        return send;
      }
    }
    return null;
  }

  /** How long nothing has been done to the cluster when the replica was looked at. */
  private long quietNs(ReplicaDump replica) {
    long disturbedNs = Long.MIN_VALUE / 2;
    for (FaultWindow fault : evidence.faults()) {
      disturbedNs = Math.max(disturbedNs, fault.effectiveEndNs());
    }
    for (Operation each : evidence.nodes()) {
      disturbedNs = Math.max(disturbedNs, each.timeNs());
    }
    return evidence.history().at(replica.index()).timeNs() - disturbedNs;
  }

  private String sentence(
      LogView log, ReplicaDump replica, SendFact missing, ReplicaDump elsewhere, long quietNs) {
    return "Replica "
        + replica.log().broker()
        + " of "
        + log.id()
        + " ends at "
        + replica.log().logEnd()
        + ", "
        + quietNs / 1_000_000_000L
        + " s after the last fault, though its broker is in sync in "
        + elsewhere.log().partition()
        + "; "
        + Sentences.value(missing.value(), missing.key())
        + " was acknowledged at "
        + Sentences.at(log, log.offsetOf(missing.value()))
        + " before the faults were healed.";
  }
}
