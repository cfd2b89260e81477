package dev.trial.checkers.evidence;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.history.Action.Node;
import dev.trial.core.history.Operation;
import dev.trial.core.verdict.Cause;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.List;

/**
 * Why values are gone. Several checkers may ask at once. A value at offset o, acknowledged by the
 * leader of epoch e, is truncated by a later election whose leader's log ended at or below o; how
 * that leader was elected, and what became of the replicas that had the value, explains the loss or
 * leaves it unexplained.
 */
public final class Losses {

  private static final int STRONGEST = 2;

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
      return cause != Cause.UNEXPLAINED && cause != Cause.UNTOLD;
    }
  }

  /** Why an acknowledged send is not in the log. */
  public Loss ofSend(SendFact send) {
    synchronized (known) {
      Loss loss = known.get(send.invoked());
      if (loss == null) {
        loss = explain(send);
        known.put(send.invoked(), loss);
      }
      return loss;
    }
  }

  private Loss explain(SendFact send) {
    if (evidence.rules().acks() == 0 || send.partition() < 0 || send.offset() < 0) {
      boolean unasked = evidence.rules().acks() == 0;
      Cause cause = unasked ? Cause.NOT_ACKNOWLEDGED : unexplained();
      return new Loss(cause, null, -1, LogView.NONE);
    }
    LogView log = evidence.log(send.partition());
    long from = send.invoked();
    boolean leaderAlone = evidence.rules().acks() == 1;
    return explain(new Place(log, send.offset(), from, from, send.completed(), leaderAlone));
  }

  /**
   * Why something a consumer saw at {@code offset} is not there any more. Consumers see only what
   * every in-sync replica has, so a clean election is no reason.
   */
  public Loss ofRead(LogView log, long offset, long readAt) {
    return explain(new Place(log, offset, readAt, readAt, readAt, false));
  }

  /**
   * The same for a known value: the answer may have been on the wire, or in the consumer's buffer,
   * when the brokers that sent it lost power.
   */
  public Loss ofRead(LogView log, long offset, long value, long readAt) {
    SendFact send = evidence.sendOf(value);
    long sentAt = send == null ? readAt : Math.min(send.invoked(), readAt);
    return explain(new Place(log, offset, sentAt, readAt, readAt, false));
  }

  /** True if the history tells what was truncated of a log, and why. */
  public boolean told(LogView log) {
    return log.proven() && evidence.completeness().tellsCauses();
  }

  /**
   * True if a value that somebody met at {@code offset} was truncated there for a known reason; the
   * offset was then used again.
   */
  public boolean truncated(LogView log, long offset, long value, long metAt) {
    if (!log.proven() || offset < log.start() || log.valueAt(offset) == value) {
      return false;
    }
    SendFact send = evidence.sendOf(value);
    boolean acknowledgedHere = send != null && send.acknowledged() && send.offset() == offset;
    Loss loss = acknowledgedHere ? ofSend(send) : ofRead(log, offset, value, metAt);
    return loss.explained();
  }

  /**
   * Looks for the election to blame among all that left the log too short. Which of them it was is
   * not always plain, as the final log knows no epochs of a tail that was cut off twice: first come
   * those after the value was known to be there, then those while it was under way.
   */
  private Loss explain(Place place) {
    LogView log = place.log();
    Loss best = strongest(place, place.to(), Long.MAX_VALUE, null);
    best = strongest(place, place.from(), place.to(), best);
    Election last = strength(best) == STRONGEST ? null : deposed(place);
    if (last != null && (place.leaderAlone() || last.unclean())) {
      best = stronger(best, blame(place, last));
    }
    boolean explained = best != null && best.explained();
    boolean flipped = !explained && FlippedBits.tookOut(evidence, log, place.offset());
    if (best != null && !flipped) {
      return best;
    }
    int epoch = epoch(leadingAt(log, place.from()), leadingAt(log, place.to()), null);
    Cause cause = flipped ? Cause.BIT_FLIPPED : unexplained();
    return new Loss(cause, null, epoch, LogView.NONE);
  }

  /**
   * Where a value was.
   *
   * @param sentAt when the application sent it
   * @param from elections from then on may have truncated it
   * @param to when it surely was there, or had been a moment before
   */
  private record Place(
      LogView log, long offset, long sentAt, long from, long to, boolean leaderAlone) {}

  /** The best proof among elections with an index in (after, upTo]. */
  private Loss strongest(Place place, long after, long upTo, Loss known) {
    Loss best = known;
    List<Election> all = place.log().leaderships();
    for (int i = firstAfter(all, after); i < all.size(); i++) {
      Election each = all.get(i);
      if (each.index() > upTo || strength(best) == STRONGEST) {
        break;
      }
      if (each.elects() && (endsBelow(place.log(), each, place.offset()) || strange(place, each))) {
        best = stronger(best, blame(place, each));
      }
    }
    return best;
  }

  private Loss blame(Place place, Election election) {
    LogView log = place.log();
    Cause cause = cause(place, election);
    int epoch = epoch(leadingAt(log, place.from()), leadingAt(log, place.to()), election);
    return new Loss(cause, election, epoch, log.startOfEpoch(election.epoch()));
  }

  private static Loss stronger(Loss one, Loss other) {
    return one == null || strength(other) > strength(one) ? other : one;
  }

  /** That the in-sync set was small is a weaker proof than what became of it. */
  private static int strength(Loss loss) {
    if (loss == null) {
      return -1;
    }
    return switch (loss.cause()) {
      case UNEXPLAINED, UNTOLD -> 0;
      case IN_SYNC_SET_OF_ONE -> 1;
      default -> STRONGEST;
    };
  }

  private Cause cause(Place place, Election truncating) {
    if (truncating.unclean()) {
      return Cause.UNCLEAN_ELECTION;
    }
    if (lostPower(place, truncating)) {
      return Cause.POWER_LOSS;
    }
    if (place.leaderAlone() && truncating.eligible()) {
      return Cause.ELIGIBLE_LEADER_ELECTION;
    }
    if (place.leaderAlone()) {
      return Cause.TRUNCATED_BY_CLEAN_ELECTION;
    }
    return heldByOthersOnly(place.log(), truncating, place.from(), place.to())
        ? Cause.IN_SYNC_SET_OF_ONE
        : unexplained();
  }

  /** What is said of a loss that nothing in the history explains. */
  private Cause unexplained() {
    return evidence.completeness().tellsCauses() ? Cause.UNEXPLAINED : Cause.UNTOLD;
  }

  private static int epoch(Election leading, Election before, Election truncating) {
    if (before != null && (truncating == null || before.epoch() < truncating.epoch())) {
      return before.epoch();
    }
    return leading == null ? -1 : leading.epoch();
  }

  /**
   * Why what became of a transaction's data in a log is not what was decided: an unclean election
   * after {@code index} takes markers away as it does data.
   */
  public static Cause ofMarkers(LogView log, long index) {
    for (int i = firstAfter(log.leaderships(), index); i < log.leaderships().size(); i++) {
      if (log.leaderships().get(i).unclean()) {
        return Cause.UNCLEAN_ELECTION;
      }
    }
    return Cause.UNEXPLAINED;
  }

  /** The leadership in force at an index. */
  public static Election leadingAt(LogView log, long index) {
    List<Election> all = log.leaderships();
    for (int i = firstAfter(all, index) - 1; i >= 0; i--) {
      if (all.get(i).leader() >= 0) {
        return all.get(i);
      }
    }
    return null;
  }

  /** Leadership facts come in the order of the history. */
  private static int firstAfter(List<Election> all, long index) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).index() > index) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * A replica elected uncleanly may have a log that is long enough but of other epochs: it had been
   * apart since before the value was written (KIP-279).
   */
  private static boolean strange(Place place, Election election) {
    if (!election.unclean() || election.index() <= place.to()) {
      return false;
    }
    Election leading = leadingAt(place.log(), place.to());
    return leading != null && !place.log().holds(leading.epoch(), place.offset());
  }

  private static boolean endsBelow(LogView log, Election election, long offset) {
    long end = log.startOfEpoch(election.epoch());
    return end != LogView.NONE ? end <= offset : election.unclean();
  }

  /**
   * A leader that was cut off goes on acknowledging until it hears that it was deposed: the
   * election then lies before the send. Taken for a reason only if the leader before it was alive
   * at some time until the acknowledgement: one that stood still serves what it has in its sockets
   * when it goes on.
   */
  private Election deposed(Place place) {
    Election last = null;
    Election previous = null;
    for (Election each : place.log().leaderships()) {
      if (each.index() > place.from()) {
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
            && endsBelow(place.log(), last, place.offset())
            && livedOn(previous.leader(), last.index(), place.to());
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
  private boolean lostPower(Place place, Election truncating) {
    return lostPower(truncating.leader(), place, truncating)
        || allLostPower(leadingAt(place.log(), place.from()), place, truncating)
        || allLostPower(leadingAt(place.log(), place.to()), place, truncating);
  }

  private boolean allLostPower(Election leading, Place place, Election truncating) {
    if (leading == null || leading.index() >= truncating.index()) {
      return false;
    }
    for (int broker : leading.inSyncReplicas()) {
      if (!lostPower(broker, place, truncating)) {
        return false;
      }
    }
    return !leading.inSyncReplicas().isEmpty();
  }

  /**
   * A power loss that the broker was back from before the value was known to be there is no reason.
   */
  private boolean lostPower(int broker, Place place, Election truncating) {
    String name = ClusterShape.brokerName(broker);
    boolean lost = false;
    for (Operation each : evidence.nodes()) {
      Node node = (Node) each.action();
      boolean inside = each.index() > place.sentAt() && each.index() < truncating.index();
      if (inside && node.node().equals(name)) {
        lost |= node.change() == Node.Change.LOST_POWER;
        lost &= node.change() != Node.Change.UP || each.index() > place.to();
      }
    }
    return lost;
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
