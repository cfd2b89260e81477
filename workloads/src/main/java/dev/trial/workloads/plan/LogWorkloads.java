package dev.trial.workloads.plan;

import static dev.trial.workloads.plan.Draft.TOPIC;

import dev.trial.core.run.Workload;
import java.util.List;
import java.util.Map;

/** Workloads about the log: what producers were told, and what readers find. */
final class LogWorkloads {

  private LogWorkloads() {}

  static List<Workload> all() {
    return List.of(
        new NamedWorkload(
            "produce-consume",
            "keyed producers, one group that commits after each batch, three partitions",
            LogWorkloads::produceConsume),
        new NamedWorkload(
            "one-partition",
            "keyed producers and readers without a group on a single replicated partition",
            LogWorkloads::onePartition),
        new NamedWorkload(
            "nearest-replica",
            "readers and a group with client.rack rack-1, rack-2, ... on three partitions",
            LogWorkloads::nearestReplica),
        new NamedWorkload(
            "single-producer",
            "one fast producer, one key, one partition: order is easiest to see",
            LogWorkloads::singleProducer),
        new NamedWorkload(
            "bursts",
            "producers that send small batches in bursts, so that several requests are in flight",
            LogWorkloads::bursts),
        new NamedWorkload(
            "resend",
            "applications that send a value again after a restart or an unknown outcome",
            LogWorkloads::resend),
        new NamedWorkload(
            "memory-pressure",
            "one-record batches to four topics from very little buffer memory, short timeouts",
            LogWorkloads::memoryPressure),
        new NamedWorkload(
            "times",
            "keyed producers, and readers that ask at which offset a time begins",
            LogWorkloads::times));
  }

  private static void times(Draft draft) {
    draft.topic(TOPIC, draft.count("topic-partitions", 2));
    draft.producers(
        draft.count("producers", 3),
        Programs.SENDER,
        "interval-ms",
        80,
        "burst",
        draft.count("burst", 4),
        "stamps",
        true);
    draft.standalone(draft.count("readers", 2), "poll-ms", 200, "lookup-every", 2, "stamps", true);
  }

  private static void produceConsume(Draft draft) {
    draft.topic(TOPIC, draft.count("topic-partitions", 3));
    draft.bursty(draft.count("producers", 2));
    draft.judged("billing").members("billing", draft.count("consumers", 2));
  }

  private static void onePartition(Draft draft) {
    draft.topic(TOPIC, 1);
    draft.producers(
        draft.count("producers", 3),
        Programs.SENDER,
        "interval-ms",
        draft.count("interval-ms", 50),
        "flush",
        draft.flag("flush", true));
    draft.standalone(draft.count("readers", 2));
  }

  /** A rack a broker: of three readers, two read any partition from a follower. */
  private static void nearestReplica(Draft draft) {
    draft.topic(TOPIC, draft.count("topic-partitions", 3));
    draft.bursty(draft.count("producers", 2));
    draft.judged("billing");
    for (int rack = 1; rack <= draft.count("readers", 3); rack++) {
      Map<String, String> near = Map.of("client.rack", "rack-" + rack);
      draft.standaloneWith("reader-" + rack, near);
      draft.member("billing-" + rack, "billing", 0, near);
    }
  }

  private static void singleProducer(Draft draft) {
    draft.topic(TOPIC, 1);
    draft.producers(1, Programs.SENDER, "interval-ms", 15, "keys", 1);
    draft.standalone(draft.count("readers", 1));
  }

  /** A record a batch and no linger: the five requests that may be in flight then are. */
  private static void bursts(Draft draft) {
    draft.topic(TOPIC, draft.count("topic-partitions", 1));
    draft.producers(
        draft.count("producers", 3), Programs.SENDER, "interval-ms", 300, "burst", 10, "keys", 2);
    draft.producerSettings(Map.of("batch.size", "1", "linger.ms", "0"));
    draft.standalone(draft.count("readers", 1));
  }

  private static void resend(Draft draft) {
    draft.topic(TOPIC, draft.count("topic-partitions", 3));
    draft.producers(
        // Ten seconds: longer than a process takes to come back, in any world.
        draft.count("producers", 3), Programs.RESENDING_SENDER, "interval-ms", 40, "window", 250);
    draft.standalone(draft.count("readers", 1));
  }

  /**
   * Batches of one pooled buffer each, so that a buffer given back too early is soon another
   * record's (KAFKA-19012), and timeouts short enough for batches to expire in flight
   * (KAFKA-13794).
   */
  private static void memoryPressure(Draft draft) {
    List<String> topics = List.of("f0", "f1", "f2", "f3");
    topics.forEach(topic -> draft.topic(topic, 2));
    draft.producers(
        draft.count("producers", 3),
        Programs.SENDER,
        "topics",
        String.join(",", topics),
        "partitions",
        2,
        "keys",
        0,
        "value-bytes",
        0,
        "interval-ms",
        8,
        "flush-ms",
        8_000,
        "close-ms",
        8_000);
    draft.producerSettings(
        Map.of(
            "batch.size", "128",
            "buffer.memory", "4096",
            "delivery.timeout.ms", "1500",
            "linger.ms", "0",
            "max.block.ms", "20000",
            "request.timeout.ms", "1000"));
    draft.standalone(draft.count("readers", 1), "topics", String.join(",", topics));
  }
}
