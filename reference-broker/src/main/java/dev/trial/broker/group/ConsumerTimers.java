package dev.trial.broker.group;

import dev.trial.core.world.Timers;
import java.util.function.BiConsumer;

/**
 * The timers that end memberships of consumer groups. As in Kafka, those of a group that has become
 * a classic one run on, and find nobody; those of a member that is back in time find it.
 */
final class ConsumerTimers {
  private final MemberTimers sessions;
  private final MemberTimers rebalances;
  private final MemberTimers joins;
  private final MemberTimers syncs;
  private final BiConsumer<String, String> evict;

  /**
   * @param evict takes a group and a member whose time is over
   */
  ConsumerTimers(Timers timers, BiConsumer<String, String> evict) {
    this.sessions = new MemberTimers(timers);
    this.rebalances = new MemberTimers(timers);
    this.joins = new MemberTimers(timers);
    this.syncs = new MemberTimers(timers);
    this.evict = evict;
  }

  /** The member has been heard of. */
  void session(String group, String member, int timeoutMs) {
    sessions.start(group, member, timeoutMs, () -> evict.accept(group, member));
  }

  /** A member of the consumer protocol is asked to give up partitions. */
  void revocation(String group, String member, int timeoutMs, Runnable over) {
    rebalances.start(group, member, timeoutMs, over);
  }

  /** It has nothing to give up any more. */
  void revoked(String group, String member) {
    rebalances.cancel(group, member);
  }

  /** A classic member is asked to join again; the first time counts. */
  void awaitJoin(String group, String member, int timeoutMs) {
    joins.startIfAbsent(group, member, timeoutMs, () -> evict.accept(group, member));
  }

  /** A classic member has joined and is to sync. */
  void awaitSync(String group, String member, int timeoutMs) {
    joins.cancel(group, member);
    syncs.start(group, member, timeoutMs, () -> evict.accept(group, member));
  }

  /** A classic member has synced. */
  void synced(String group, String member) {
    syncs.cancel(group, member);
  }

  /** A classic member has joined, and the group is not a consumer group any more. */
  void joined(String group, String member) {
    joins.cancel(group, member);
  }

  /** The member is gone. */
  void cancel(String group, String member) {
    sessions.cancel(group, member);
    rebalances.cancel(group, member);
    joins.cancel(group, member);
    syncs.cancel(group, member);
  }
}
