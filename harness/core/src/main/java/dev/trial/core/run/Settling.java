package dev.trial.core.run;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.BitSet;

/**
 * Which clients are at work, and which are still on their way or busy: a consumer is on its way
 * until it has its first assignment (or reads what it chose by itself), whatever else it got
 * answered before, and busy until a poll comes back empty. A group that has not formed proves
 * nothing, and nothing is delivered to it that could tell that it is drained.
 */
final class Settling {
  private final BitSet atWork = new BitSet();
  private final BitSet joining = new BitSet();
  private final BitSet busy = new BitSet();
  private final BitSet members = new BitSet();
  private final BitSet processors = new BitSet();
  private final BitSet fixed = new BitSet();

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
    if (action instanceof Action.Start start) {
      started(process, start);
    } else if (action instanceof Action.Subscribe subscribe) {
      joining.set(process, !subscribe.topics().isEmpty());
      members.set(process, !subscribe.topics().isEmpty());
    } else if (action instanceof Action.Rebalance rebalance) {
      // An assignment, be it of nothing, ends each rebalance of either protocol.
      joining.set(process, rebalance.change() != Change.ASSIGNED);
      heard = Heard.MOVED;
    } else if (action instanceof Action.Poll poll) {
      heard = polled(process, operation.stage(), poll);
    } else if (action instanceof Action.Close) {
      closed(process, operation.stage());
    } else if (action instanceof Action.End) {
      joining.clear(process);
      busy.clear(process);
      heard = members.get(process) ? Heard.MEMBER_LOST : Heard.NOTHING;
    }
    boolean works = operation.stage() == Stage.OK || heard == Heard.MOVED;
    if (works && !joining.get(process) && !(action instanceof Action.Close)) {
      atWork.set(process);
    }
    return heard;
  }

  private void started(int process, Action.Start start) {
    joining.set(process, start.kind() == Kind.CONSUMER || start.kind() == Kind.PROCESSOR);
    processors.set(process, start.kind() == Kind.PROCESSOR);
    fixed.set(process, start.settings().containsKey("group.instance.id"));
  }

  private Heard polled(int process, Stage stage, Action.Poll poll) {
    if (stage != Stage.OK) {
      return Heard.NOTHING;
    }
    busy.set(process, !poll.records().isEmpty());
    return poll.records().isEmpty() ? Heard.NOTHING : Heard.MOVED;
  }

  /**
   * A processor closes to open again, until it ends. Whoever has a group.instance.id stays a member
   * (KIP-345).
   */
  private void closed(int process, Stage stage) {
    joining.set(process, processors.get(process));
    busy.clear(process);
    if (stage == Stage.OK && !fixed.get(process)) {
      members.clear(process);
    }
  }

  /** How many processes have been at work. */
  int atWork() {
    return atWork.cardinality();
  }

  /** True while a consumer lives that has nothing assigned yet. */
  boolean joining() {
    return !joining.isEmpty();
  }

  /** True while a consumer works on what its last poll brought. */
  boolean busy() {
    return !busy.isEmpty();
  }
}
