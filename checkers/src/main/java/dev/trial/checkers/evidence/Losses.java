package dev.trial.checkers.evidence;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.history.Action.Node;
import dev.trial.core.history.Operation;
import dev.trial.core.verdict.Cause;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.List;

/**
 * Why values are gone. A value at offset o, acknowledged by the leader of epoch e, is truncated by
 * the first later election whose leader's log ended at or below o; how that leader was elected, and
 * what became of the replicas that had the value, explains the loss or leaves it unexplained.
 */
public final class Losses {

  private final Evidence evidence;
  private final Long2ObjectOpenHashMap<Loss> known = new Long2ObjectOpenHashMap<>();

  public Losses(Evidence evidence) {
    this.evidence = evidence;
  }

  /**
   * Why a value is not where it was.
   *
   * @param election the election that truncated it, null if none is known
   * @param epoch the epoch it was acknowledged in, −1 if unknown
   * @param logEnd where the elected replica's log ended, {@link LogView#NONE} if unknown
   */
  public record Loss(Cause cause, Election election, int epoch, long logEnd) {

    public boolean explained() {
      return cause != Cause.UNEXPLAINED;
    }
  }

  /** Why an acknowledged send is not in the log. */
  public Loss ofSend(SendFact send) {
    Loss loss = known.get(send.invoked());
    if (loss == null) {
      loss = explain(send);
      known.put(send.invoked(), loss);
    }
    return loss;
  }

  private Loss explain(SendFact send) {
    if (evidence.rules().acks() == 0 || send.partition() < 0 || send.offset() < 0) {
      boolean unasked = evidence.rules().acks() == 0;
      Cause cause = unasked ? Cause.NOT_ACKNOWLEDGED : Cause.UNEXPLAINED;
      return new Loss(cause, null, -1, LogView.NONE);
    }
    LogView log = evidence.log(send.partition());
    return explain(
        log, send.offset(), send.invoked(), send.completed(), evidence.rules().acks() == 1);
  }

  /**
   * Why something a consumer saw at {@code offset} is not there any more. Consumers see only what
   * every in-sync replica has, so a clean election is no reason.
   */
  public Loss ofRead(LogView log, long offset, long readAt) {
    return explain(log, offset, readAt, readAt, false);
  }

  /**
   * True if a value that somebody met at {@code offset} was truncated there for a known reason; the
   * offset was then used again.
   */
  public boolean truncated(LogView log, long offset, long value, long metAt) {
    if (!log.proven() || log.valueAt(offset) == value) {
      return false;
    }
    SendFact send = evidence.sendOf(value);
    boolean acknowledgedHere = send != null && send.acknowledged() && send.offset() == offset;
    Loss loss = acknowledgedHere ? ofSend(send) : ofRead(log, offset, metAt);
    return loss.explained();
  }

  private Loss explain(LogView log, long offset, long from, long to, boolean leaderAlone) {
    Election leading = leadingAt(log, from);
    Election before = leadingAt(log, to);
    Election truncating = truncating(log, offset, from);
    if (truncating == null && leaderAlone) {
      truncating = deposed(log, offset, from);
    } else if (truncating == null) {
      Election last = deposed(log, offset, from);
      truncating = last != null && last.unclean() ? last : null;
    }
    int epoch = epoch(leading, before, truncating);
    if (truncating == null) {
      return new Loss(Cause.UNEXPLAINED, null, epoch, LogView.NONE);
    }
    Cause cause = cause(log, truncating, from, to, leaderAlone);
    return new Loss(cause, truncating, epoch, log.startOfEpoch(truncating.epoch()));
  }

  private Cause cause(LogView log, Election truncating, long from, long to, boolean leaderAlone) {
    if (truncating.unclean()) {
      return Cause.UNCLEAN_ELECTION;
    }
    if (lostPower(log, truncating, from)) {
      return Cause.POWER_LOSS;
    }
    if (leaderAlone) {
      return Cause.TRUNCATED_BY_CLEAN_ELECTION;
    }
    return heldByOthersOnly(log, truncating, from, to)
        ? Cause.IN_SYNC_SET_OF_ONE
        : Cause.UNEXPLAINED;
  }

  private static int epoch(Election leading, Election before, Election truncating) {
    if (before != null && (truncating == null || before.epoch() < truncating.epoch())) {
      return before.epoch();
    }
    return leading == null ? -1 : leading.epoch();
  }

  /** The leadership in force at an index. */
  public static Election leadingAt(LogView log, long index) {
    Election found = null;
    for (Election each : log.leaderships()) {
      if (each.index() > index) {
        break;
      }
      found = each.leader() >= 0 ? each : found;
    }
    return found;
  }

  /** First election after an index whose leader had nothing at the offset. */
  private static Election truncating(LogView log, long offset, long after) {
    for (Election each : log.leaderships()) {
      if (each.elects() && each.index() > after && endsBelow(log, each, offset)) {
        return each;
      }
    }
    return null;
  }

  private static boolean endsBelow(LogView log, Election election, long offset) {
    long end = log.startOfEpoch(election.epoch());
    return end != LogView.NONE ? end <= offset : election.unclean();
  }

  /**
   * A leader that was cut off goes on acknowledging until it hears that it was deposed: the
   * election then lies before the acknowledgement. Taken for a reason only if the leader before it
   * lived.
   */
  private Election deposed(LogView log, long offset, long before) {
    Election last = null;
    Election previous = null;
    for (Election each : log.leaderships()) {
      if (each.index() > before) {
        break;
      }
      if (each.elects()) {
        previous = last;
        last = each;
      } else if (each.leader() >= 0 && last == null) {
        last = each;
      }
    }
    boolean possible =
        last != null
            && previous != null
            && previous.leader() != last.leader()
            && endsBelow(log, last, offset)
            && livedOn(previous.leader(), last.index(), before);
    return possible ? last : null;
  }

  private boolean livedOn(int broker, long from, long to) {
    String name = ClusterShape.brokerName(broker);
    boolean up = true;
    boolean everUp = false;
    for (Operation each : evidence.nodes()) {
      Node node = (Node) each.action();
      if (each.index() > to) {
        break;
      }
      if (node.node().equals(name)) {
        up = node.change() == Node.Change.UP || node.change() == Node.Change.RESUMED;
        if (node.change() == Node.Change.UP && each.index() > from) {
          // Started anew: it knows of the election before it serves again.
          up = false;
        }
      }
      everUp |= each.index() >= from && up;
    }
    return up || everUp;
  }

  /** Replicas that had to hold it lost power after it was written, before the truncation. */
  private boolean lostPower(LogView log, Election truncating, long from) {
    Election leading = leadingAt(log, from);
    List<Integer> holders =
        leading == null ? List.of(truncating.leader()) : leading.inSyncReplicas();
    boolean all = !holders.isEmpty();
    for (int broker : holders) {
      all &= powerLostBetween(broker, from, truncating.index());
    }
    return all || powerLostBetween(truncating.leader(), from, truncating.index());
  }

  private boolean powerLostBetween(int broker, long from, long to) {
    String name = ClusterShape.brokerName(broker);
    for (Operation each : evidence.nodes()) {
      Node node = (Node) each.action();
      boolean inside = each.index() > from && each.index() < to;
      if (inside && node.change() == Node.Change.LOST_POWER && node.node().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** The in-sync set was one replica, and the elected one has not been in sync with it since. */
  private static boolean heldByOthersOnly(LogView log, Election truncating, long from, long to) {
    boolean alone = false;
    Election leading = leadingAt(log, from);
    if (leading != null && leading.inSyncReplicas().size() == 1) {
      alone = !leading.inSyncReplicas().contains(truncating.leader());
    }
    for (Election each : log.leaderships()) {
      if (each.index() <= from || each.index() >= truncating.index()) {
        continue;
      }
      boolean together = each.inSyncReplicas().size() > 1;
      if (each.index() <= to) {
        alone |= each.inSyncReplicas().size() == 1;
      } else if (together && each.inSyncReplicas().contains(truncating.leader())) {
        return false;
      }
    }
    return alone;
  }
}
