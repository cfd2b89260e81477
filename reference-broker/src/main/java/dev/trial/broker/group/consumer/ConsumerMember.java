package dev.trial.broker.group.consumer;

/** A member of a consumer group. */
public record ConsumerMember(String id, Subscription subscription, CurrentAssignment current) {

  static ConsumerMember named(String id) {
    return new ConsumerMember(id, Subscription.NONE, CurrentAssignment.NONE);
  }

  /** Null for a dynamic member. */
  public String instanceId() {
    return subscription.instanceId();
  }

  /** The member's epoch. */
  public int epoch() {
    return current.epoch();
  }

  /** True if it uses the classic protocol. */
  public boolean classic() {
    return subscription.classic() != null;
  }

  /** What it said as a member of the classic protocol; null if it is none. */
  public ClassicTerms terms() {
    return subscription.classic();
  }

  ConsumerMember with(Subscription other) {
    return new ConsumerMember(id, other, current);
  }

  ConsumerMember with(CurrentAssignment other) {
    return new ConsumerMember(id, subscription, other);
  }
}
