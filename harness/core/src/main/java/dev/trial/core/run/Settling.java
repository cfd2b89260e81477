package dev.trial.core.run;

import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.BitSet;

/**
 * Which clients are at work, and which are still on their way: a consumer is until it has its first
 * assignment (or reads what it chose by itself), whatever else it got answered before. A group that
 * has not formed proves nothing, and nothing is delivered to it that could tell that it is drained.
 */
final class Settling {
  private final BitSet atWork = new BitSet();
  private final BitSet joining = new BitSet();
  private final BitSet members = new BitSet();

  /** What a recorded operation tells of the groups. */
  enum Heard {
    /** Nothing. */
    NOTHING,
    /** Records were delivered, or partitions changed hands. */
    MOVED,
    /** A member died, and the group does not know it yet. */
    MEMBER_LOST
  }

  /** Takes in what was recorded. */
  Heard heard(Operation operation) {
    int process = operation.process();
    Action action = operation.action();
    Heard heard = Heard.NOTHING;
    if (action instanceof Action.Start start && reads(start.kind())) {
      joining.set(process);
    } else if (action instanceof Action.Subscribe subscribe) {
      joining.set(process, !subscribe.topics().isEmpty());
      members.set(process, !subscribe.topics().isEmpty());
    } else if (action instanceof Action.Rebalance rebalance) {
      joining.set(process, rebalance.change() == Action.Rebalance.Change.LOST);
      atWork.set(process);
      heard = Heard.MOVED;
    } else if (action instanceof Action.Close) {
      joining.clear(process);
      members.clear(process);
    } else if (action instanceof Action.End) {
      joining.clear(process);
      heard = members.get(process) ? Heard.MEMBER_LOST : Heard.NOTHING;
    } else if (action instanceof Action.Poll poll && !poll.records().isEmpty()) {
      joining.clear(process);
      heard = Heard.MOVED;
    }
    if (operation.stage() == Stage.OK && !joining.get(process)) {
      atWork.set(process);
    }
    return heard;
  }

  /** How many processes have been at work. */
  int atWork() {
    return atWork.cardinality();
  }

  /** True while a consumer lives that has nothing assigned yet. */
  boolean joining() {
    return !joining.isEmpty();
  }

  private static boolean reads(Action.Start.Kind kind) {
    return kind == Action.Start.Kind.CONSUMER || kind == Action.Start.Kind.PROCESSOR;
  }
}
