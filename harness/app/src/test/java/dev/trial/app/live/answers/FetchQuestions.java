package dev.trial.app.live.answers;

import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.record.internal.MemoryRecords;

/** Fetch. Log ends are those that {@link ProduceQuestions} leaves. */
final class FetchQuestions {
  private static final long FAR = 1_000_000;

  private FetchQuestions() {}

  static void add(Table table) {
    for (int version : new int[] {4, 12}) {
      fetch(table, "of an unknown topic", version, topic("no-such-topic", at(0, 0)));
      fetch(table, "of a bad name", version, topic("a b", at(0, 0)));
      fetch(table, "of unknown partitions", version, topic(Scene.ORDERS, at(-1, 0), at(7, 0)));
      fetch(table, "of another leader's", version, topic(Scene.ORDERS, at(1, 0)));
      fetch(table, "beyond the end", version, topic(Scene.ORDERS, at(0, FAR)));
      fetch(table, "of offset -1", version, topic(Scene.ORDERS, at(0, -1)));
    }
    fetch(table, "of a future epoch", 12, topic(Scene.ORDERS, at(0, 0).setCurrentLeaderEpoch(99)));
    fetch(
        table, "after an unknown epoch", 12, topic(Scene.ORDERS, at(0, 0).setLastFetchedEpoch(99)));
    table.ask(
        "Fetch by an unknown replica v12",
        12,
        fetch(topic(Scene.COMPACTED, at(0, 0))).setReplicaId(9));
    table.ask(
        "Fetch by a debugging replica v12",
        12,
        fetch(topic(Scene.COMPACTED, at(0, FAR))).setReplicaId(-2));
    table.ask(
        "Fetch in an unknown session v12",
        12,
        fetch(topic(Scene.COMPACTED, at(0, FAR))).setSessionId(77).setSessionEpoch(1));
    table.ask(
        "Fetch in a session that begins with an id v12",
        12,
        fetch(topic(Scene.COMPACTED, at(0, FAR))).setSessionId(77).setSessionEpoch(0));
    table.ask("Fetch of nothing v12", 12, fetch());
    for (int version : new int[] {13, 17}) {
      table.ask(
          "Fetch by an unknown id v" + version,
          version,
          fetch(new FetchTopic().setTopicId(new Uuid(1, 2)).setPartitions(List.of(at(0, 0)))));
      table.ask(
          "Fetch by no id v" + version,
          version,
          fetch(new FetchTopic().setPartitions(List.of(at(0, 0)))));
      table.ask(
          "Fetch by a known id v" + version,
          version,
          scene -> 1,
          scene ->
              fetch(
                  new FetchTopic()
                      .setTopicId(scene.id(Scene.ORDERS))
                      .setPartitions(List.of(at(0, FAR)))));
    }
    zstd(table);
  }

  /** KIP-110. */
  private static void zstd(Table table) {
    table.ask(
        "Produce with zstd what is fetched v12",
        12,
        scene -> 3,
        scene -> {
          ProduceRequestData request =
              new ProduceRequestData().setAcks((short) -1).setTimeoutMs(10_000);
          request
              .topicData()
              .add(
                  new TopicProduceData()
                      .setName(Scene.ORDERS)
                      .setPartitionData(
                          List.of(
                              new PartitionProduceData()
                                  .setIndex(2)
                                  .setRecords(
                                      MemoryRecords.readableRecords(
                                          Batch.plain(Compression.zstd().build()))))));
          return request;
        });
    for (int version : new int[] {4, 9}) {
      table.ask(
          "Fetch of zstd v" + version,
          version,
          scene -> 3,
          scene -> fetch(topic(Scene.ORDERS, at(2, 0))));
    }
  }

  private static void fetch(Table table, String what, int version, FetchTopic topic) {
    table.ask("Fetch " + what + " v" + version, version, fetch(topic));
  }

  private static FetchRequestData fetch(FetchTopic... topics) {
    return new FetchRequestData()
        .setReplicaId(-1)
        .setMaxWaitMs(10)
        .setMinBytes(1)
        .setMaxBytes(1 << 20)
        .setTopics(List.of(topics));
  }

  private static FetchTopic topic(String name, FetchPartition... partitions) {
    return new FetchTopic().setTopic(name).setPartitions(List.of(partitions));
  }

  private static FetchPartition at(int partition, long offset) {
    return new FetchPartition()
        .setPartition(partition)
        .setFetchOffset(offset)
        .setPartitionMaxBytes(1 << 20);
  }
}
