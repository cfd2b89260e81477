package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.FaultWindow;
import dev.trial.core.fault.Role.GroupCoordinator;
import dev.trial.core.history.Action.Described;
import dev.trial.core.history.Action.Node;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.HashSet;
import java.util.Set;

/**
 * A group that became classic when its last member of KIP-848 was gone, and whose coordinator died
 * before the members had joined again. The log has the classic group without the one that left, in
 * no rebalance; whoever coordinates it next has no reason for one (GroupMetadataManager
 * .convertToClassicGroup and onLoaded in Kafka 4.3.1), and what the one that left had is nobody's.
 */
final class CutShortDowngrade {
  private CutShortDowngrade() {}

  /**
   * True if its coordinator went down between when it was last seen as of KIP-848 and as classic.
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
    return lastConsumer >= 0
        && firstClassic >= 0
        && coordinatorWentDown(evidence, group, lastConsumer, firstClassic);
  }

  /** A fault says whom it took for the coordinator; one that did not need to know says nothing. */
  private static boolean coordinatorWentDown(Evidence evidence, String group, long from, long to) {
    Set<String> coordinators = new HashSet<>();
    for (FaultWindow each : evidence.faults()) {
      boolean between = each.index() > from && each.index() < to;
      if (between && each.fault().fault().whom().equals(new GroupCoordinator(group))) {
        coordinators.addAll(each.fault().hit());
      }
    }
    return evidence.nodes().stream()
        .filter(each -> each.index() > from && each.index() < to)
        .map(each -> (Node) each.action())
        .anyMatch(fact -> goesDown(fact.change()) && coordinators.contains(fact.node()));
  }

  private static boolean goesDown(Node.Change change) {
    return switch (change) {
      case CRASHED, STOPPED, LOST_POWER, PAUSED -> true;
      case UP, RESUMED -> false;
    };
  }
}
