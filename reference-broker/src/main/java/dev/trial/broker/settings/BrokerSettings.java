package dev.trial.broker.settings;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A broker's settings by Kafka's own names; absent ones have Kafka 4.3's defaults. */
public final class BrokerSettings {
  private static final Set<String> OBEYED =
      new TreeSet<>(
          List.of(
              "add.partitions.to.txn.retry.backoff.max.ms",
              "add.partitions.to.txn.retry.backoff.ms",
              "auto.create.topics.enable",
              "auto.leader.rebalance.enable",
              "broker.heartbeat.interval.ms",
              "broker.rack",
              "broker.session.timeout.ms",
              "controller.quorum.election.timeout.ms",
              "controller.quorum.fetch.timeout.ms",
              "controller.quorum.request.timeout.ms",
              "default.replication.factor",
              "eligible.leader.replicas.version",
              "group.consumer.assignment.interval.ms",
              "group.consumer.assignors",
              "group.consumer.heartbeat.interval.ms",
              "group.consumer.max.heartbeat.interval.ms",
              "group.consumer.max.session.timeout.ms",
              "group.consumer.max.size",
              "group.consumer.migration.policy",
              "group.consumer.min.heartbeat.interval.ms",
              "group.consumer.min.session.timeout.ms",
              "group.consumer.session.timeout.ms",
              "group.initial.rebalance.delay.ms",
              "group.max.session.timeout.ms",
              "group.max.size",
              "group.min.session.timeout.ms",
              "internal.segment.bytes",
              "leader.imbalance.check.interval.seconds",
              "log.flush.interval.messages",
              "log.message.timestamp.after.max.ms",
              "log.message.timestamp.before.max.ms",
              "log.message.timestamp.type",
              "log.cleaner.backoff.ms",
              "log.cleaner.delete.retention.ms",
              "log.cleaner.enable",
              "log.cleaner.max.compaction.lag.ms",
              "log.cleaner.min.cleanable.ratio",
              "log.cleaner.min.compaction.lag.ms",
              "log.cleanup.policy",
              "log.initial.task.delay.ms",
              "log.retention.bytes",
              "log.retention.check.interval.ms",
              "log.retention.hours",
              "log.retention.ms",
              "log.roll.hours",
              "log.roll.ms",
              "log.segment.bytes",
              "max.request.partition.size.limit",
              "message.max.bytes",
              "min.insync.replicas",
              "num.partitions",
              "offset.metadata.max.bytes",
              "offsets.commit.timeout.ms",
              "offsets.retention.check.interval.ms",
              "offsets.retention.minutes",
              "offsets.topic.num.partitions",
              "offsets.topic.replication.factor",
              "offsets.topic.segment.bytes",
              "producer.id.expiration.check.interval.ms",
              "producer.id.expiration.ms",
              "quota.window.num",
              "quota.window.size.seconds",
              "replica.fetch.backoff.ms",
              "replica.fetch.max.bytes",
              "replica.fetch.response.max.bytes",
              "replica.fetch.wait.max.ms",
              "replica.high.watermark.checkpoint.interval.ms",
              "replica.lag.time.max.ms",
              "replica.selector.class",
              "replica.socket.timeout.ms",
              "request.timeout.ms",
              "transaction.abort.timed.out.transaction.cleanup.interval.ms",
              "transaction.max.timeout.ms",
              "transaction.partition.verification.enable",
              "transaction.remove.expired.transaction.cleanup.interval.ms",
              "transaction.state.log.min.isr",
              "transaction.state.log.num.partitions",
              "transaction.state.log.replication.factor",
              "transaction.state.log.segment.bytes",
              "transaction.two.phase.commit.enable",
              "transaction.version",
              "transactional.id.expiration.ms",
              "unclean.leader.election.enable"));

  private static final String NODE_ID = "{id}";

  private final Map<String, String> values;

  /** Those of the values that are whole numbers, read once: many are asked for at every request. */
  private final Map<String, Long> numbers;

  public BrokerSettings(Map<String, String> values) {
    this.values = Map.copyOf(values);
    this.numbers = numbers(values);
  }

  /** The settings that change what the reference cluster does; others change nothing. */
  public static Set<String> obeyed() {
    return Collections.unmodifiableSet(OBEYED);
  }

  /** replica.lag.time.max.ms: a follower that did not catch up for so long leaves the ISR. */
  public long replicaLagTimeMaxMs() {
    return number("replica.lag.time.max.ms", 30_000);
  }

  /** replica.fetch.wait.max.ms. */
  public int replicaFetchWaitMaxMs() {
    return (int) number("replica.fetch.wait.max.ms", 500);
  }

  /** replica.fetch.backoff.ms. */
  public long replicaFetchBackoffMs() {
    return number("replica.fetch.backoff.ms", 1_000);
  }

  /** replica.socket.timeout.ms: how long a call to another broker may take. */
  public long replicaSocketTimeoutMs() {
    return number("replica.socket.timeout.ms", 30_000);
  }

  /** replica.high.watermark.checkpoint.interval.ms. */
  public long highWatermarkCheckpointIntervalMs() {
    return number("replica.high.watermark.checkpoint.interval.ms", 5_000);
  }

  /** broker.session.timeout.ms: a broker without heartbeat for so long is fenced. */
  public long brokerSessionTimeoutMs() {
    return number("broker.session.timeout.ms", 9_000);
  }

  /** broker.heartbeat.interval.ms. */
  public long brokerHeartbeatIntervalMs() {
    return number("broker.heartbeat.interval.ms", 2_000);
  }

  /** controller.quorum.election.timeout.ms. */
  public long quorumElectionTimeoutMs() {
    return number("controller.quorum.election.timeout.ms", 1_000);
  }

  /** controller.quorum.fetch.timeout.ms. */
  public long quorumFetchTimeoutMs() {
    return number("controller.quorum.fetch.timeout.ms", 2_000);
  }

  /** controller.quorum.request.timeout.ms. */
  public long quorumRequestTimeoutMs() {
    return number("controller.quorum.request.timeout.ms", 2_000);
  }

  /** request.timeout.ms for calls between nodes other than fetches. */
  public long requestTimeoutMs() {
    return number("request.timeout.ms", 30_000);
  }

  /**
   * transaction.version: the finalized level of that feature (KIP-890), which in Kafka is chosen as
   * the cluster is formatted.
   */
  public int transactionVersion() {
    return (int) number("transaction.version", 2);
  }

  /**
   * eligible.leader.replicas.version: the finalized level of that feature (KIP-966). Level 1, which
   * Kafka gives new clusters from 4.1 on, keeps eligible leader replicas; level 0, the default
   * here, is the controller of 3.9 and before.
   */
  public int eligibleLeaderReplicasVersion() {
    return (int) number("eligible.leader.replicas.version", 0);
  }

  /** broker.rack of a broker, null without one; {@code {id}} in it stands for the broker's id. */
  public String rack(int broker) {
    String rack = values.get("broker.rack");
    return rack == null ? null : rack.replace(NODE_ID, String.valueOf(broker));
  }

  /** Any whole number by name. */
  public long number(String name, long otherwise) {
    Long number = numbers.get(name);
    if (number == null && values.containsKey(name)) {
      throw new NumberFormatException(name + " is no whole number: '" + values.get(name) + "'");
    }
    return number == null ? otherwise : number;
  }

  /** True if it was set. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** All that was set, by name. */
  public SortedMap<String, String> told() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Any flag by name. */
  public boolean flag(String name, boolean otherwise) {
    String text = values.get(name);
    return text == null ? otherwise : Boolean.parseBoolean(text);
  }

  /** Any text by name. */
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  private static Map<String, Long> numbers(Map<String, String> values) {
    Map<String, Long> numbers = new HashMap<>();
    values.forEach(
        (name, text) -> {
          try {
            numbers.put(name, Long.valueOf(text));
          } catch (NumberFormatException e) {
            // a text or a flag, asked for as such
          }
        });
    return numbers;
  }
}
