package dev.trial.checkers;

import dev.trial.checkers.evidence.Election;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import dev.trial.core.verdict.Cause;

/** Why a value that was sent once lies in a log twice, though its producer is idempotent. */
final class DuplicateCauses {
  private final Evidence evidence;
  private final Expirations expirations;
  private final FirstBatches firstBatches;

  DuplicateCauses(Evidence evidence) {
    this.evidence = evidence;
    this.expirations = new Expirations(evidence);
    this.firstBatches = new FirstBatches(evidence);
  }

  /** The cause for a value's second offset after its first. */
  Cause of(LogView log, SendFact send, long first, long again) {
    if (expirations.during(send)) {
      return Cause.DELIVERY_TIMEOUT;
    }
    if (leaderCameBack(log, send)) {
      return Cause.LEADER_RESTARTED;
    }
    return firstBatches.overtaken(log, send, first, again)
        ? Cause.FIRST_BATCH_OVERTAKEN
        : Cause.UNEXPLAINED;
  }

  /**
   * True if a broker crashed or was stopped and was made leader again while the value was on its
   * way.
   */
  private boolean leaderCameBack(LogView log, SendFact send) {
    long over = send.completed() < 0 ? Long.MAX_VALUE : send.completed();
    for (Election each : log.leaderships()) {
      if (each.elects() && each.index() > send.invoked() && each.index() < over) {
        String leader = ClusterShape.brokerName(each.leader());
        for (Operation node : evidence.nodes()) {
          if (node.index() > send.invoked()
              && node.index() < each.index()
              && node.action() instanceof Action.Node fact
              && fact.node().equals(leader)
              && (fact.change() == Action.Node.Change.CRASHED
                  || fact.change() == Action.Node.Change.STOPPED)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
