package dev.trial.broker.group.consumer;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One heartbeat of a member. What did not change since the last one may be missing.
 *
 * @param epoch the member's epoch; 0 to join, −1 to leave, −2 to leave for a while (static)
 * @param instanceId null for a dynamic member
 * @param rebalanceTimeoutMs −1 if not told
 * @param topics null if not told
 * @param regex null if not told
 * @param assignor null if not told
 * @param owned what the member owns, null if not told
 */
public record Heartbeat(
    String memberId,
    int epoch,
    String instanceId,
    String rackId,
    int rebalanceTimeoutMs,
    SortedSet<String> topics,
    String regex,
    String assignor,
    SortedSet<IdPartition> owned,
    String clientId,
    String clientHost) {

  /** The member leaves for good. */
  public static final int LEAVES = -1;

  /** A static member leaves and will be back within its session. */
  public static final int LEAVES_FOR_A_WHILE = -2;

  public Heartbeat {
    topics = topics == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(topics));
    owned = owned == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(owned));
  }

  boolean joins() {
    return epoch == 0;
  }

  /** True if nothing is missing, as when the last answer was lost: then all is told again. */
  boolean full() {
    return rebalanceTimeoutMs != -1 && (topics != null || regex != null) && owned != null;
  }

  /** What is known of the member after this heartbeat. */
  Subscription update(Subscription known) {
    return new Subscription(
        instanceId != null ? instanceId : known.instanceId(),
        rackId != null ? rackId : known.rackId(),
        clientId,
        clientHost,
        topics != null ? topics : known.topics(),
        regex != null ? regex : known.regex(),
        rebalanceTimeoutMs != -1 ? rebalanceTimeoutMs : known.rebalanceTimeoutMs(),
        assignor != null ? assignor : known.assignor());
  }
}
