package dev.trial.broker.group.consumer;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A JoinGroup of a member of the classic protocol that comes to a consumer group (KIP-848).
 *
 * @param memberId the one it is to have, if it has none
 * @param unknown true if it came without a member id
 * @param instanceId null for a dynamic member
 * @param rackId null if unknown
 * @param rebalanceTimeoutMs −1 if not told
 * @param topics that it subscribes to
 * @param owned what it says that it still owns
 */
public record ClassicJoin(
    String memberId,
    boolean unknown,
    String instanceId,
    String rackId,
    int rebalanceTimeoutMs,
    SortedSet<String> topics,
    SortedSet<IdPartition> owned,
    ClassicTerms terms,
    String clientId,
    String clientHost) {

  public ClassicJoin {
    topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
    owned = Collections.unmodifiableSortedSet(new TreeSet<>(owned));
  }

  /** What is known of the member after this; patterns are not for classic members. */
  Subscription update(Subscription known) {
    return new Subscription(
        instanceId != null ? instanceId : known.instanceId(),
        rackId != null ? rackId : known.rackId(),
        clientId,
        clientHost,
        topics,
        "",
        rebalanceTimeoutMs != -1 ? rebalanceTimeoutMs : known.rebalanceTimeoutMs(),
        known.assignor(),
        terms);
  }
}
