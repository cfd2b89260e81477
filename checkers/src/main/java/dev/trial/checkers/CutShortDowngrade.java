package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.core.history.Action.Described;
import dev.trial.core.history.Action.Node;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;

/**
 * A group that became classic when its last member of KIP-848 was gone, and whose coordinator died
 * before the members had joined again. The log has the classic group without the one that left, in
 * no rebalance; whoever coordinates it next has no reason for one (GroupMetadataManager
 * .convertToClassicGroup and onLoaded in Kafka 4.3.1), and what the one that left had is nobody's.
 */
final class CutShortDowngrade {
  private CutShortDowngrade() {}

  /**
   * True if a broker went down between when the group was last seen as of KIP-848 and as classic.
   */
  static boolean of(Evidence evidence, String group) {
    long lastConsumer = -1;
    long firstClassic = -1;
    for (Operation each : evidence.descriptions()) {
      if (each.stage() == Stage.OK
          && each.action() instanceof Described told
          && told.group().equals(group)) {
        if ("consumer".equals(told.type())) {
          lastConsumer = each.index();
          firstClassic = -1;
        } else if (firstClassic < 0) {
          firstClassic = each.index();
        }
      }
    }
    return lastConsumer >= 0 && firstClassic >= 0 && wentDown(evidence, lastConsumer, firstClassic);
  }

  private static boolean wentDown(Evidence evidence, long from, long to) {
    for (Operation each : evidence.nodes()) {
      boolean between = each.index() > from && each.index() < to;
      Node.Change change = ((Node) each.action()).change();
      if (between && change != Node.Change.UP && change != Node.Change.RESUMED) {
        return true;
      }
    }
    return false;
  }
}
