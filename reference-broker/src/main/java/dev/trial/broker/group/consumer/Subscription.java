package dev.trial.broker.group.consumer;

import com.google.re2j.Pattern;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a member said of itself (ConsumerGroupMemberMetadataValue).
 *
 * @param instanceId null for a dynamic member (KIP-345)
 * @param rackId null if unknown
 * @param regex regular expression (RE2) on topic names, empty for none
 * @param assignor the server-side assignor it asks for, null for none
 * @param rebalanceTimeoutMs how long it may take to give up partitions, −1 until it is known
 * @param classic what else a member of the classic protocol said, null for one of the consumer
 *     protocol
 */
public record Subscription(
    String instanceId,
    String rackId,
    String clientId,
    String clientHost,
    SortedSet<String> topics,
    String regex,
    int rebalanceTimeoutMs,
    String assignor,
    ClassicTerms classic) {

  /** Of a member that has not said anything. */
  public static final Subscription NONE =
      new Subscription(null, null, "", "", Collections.emptySortedSet(), "", -1, null);

  /** Of a member of the consumer protocol. */
  public Subscription(
      String instanceId,
      String rackId,
      String clientId,
      String clientHost,
      SortedSet<String> topics,
      String regex,
      int rebalanceTimeoutMs,
      String assignor) {
    this(
        instanceId,
        rackId,
        clientId,
        clientHost,
        topics,
        regex,
        rebalanceTimeoutMs,
        assignor,
        null);
  }

  public Subscription {
    topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
  }

  /** True if it is one of the names told, or the pattern matches it as a whole. */
  boolean matches(String topic) {
    return topics.contains(topic) || hasRegex() && Pattern.matches(regex, topic);
  }

  boolean hasRegex() {
    return regex != null && !regex.isEmpty();
  }
}
