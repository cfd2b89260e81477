package dev.trial.app.live.answers;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;

/** ListOffsets, OffsetForLeaderEpoch, DeleteRecords, DescribeProducers. */
final class OffsetQuestions {
  private OffsetQuestions() {}

  static void add(Table table) {
    listings(table);
    epochs(table);
    deletions(table);
    producers(table);
  }

  private static void listings(Table table) {
    for (int version = 1; version <= 11; version++) {
      for (long time = -3; time >= -7; time--) {
        list(table, "at " + time, version, topic(Scene.ORDERS, at(0, time)));
      }
      list(table, "of an unknown topic", version, topic("no-such-topic", at(0, -1)));
    }
    for (int version : new int[] {1, 4, 11}) {
      list(table, "of a bad name", version, topic("a b", at(0, -1)));
      list(table, "of no name", version, topic("", at(0, -1)));
      list(table, "of unknown partitions", version, topic(Scene.ORDERS, at(-1, -1), at(7, -1)));
      list(table, "of another leader's", version, topic(Scene.ORDERS, at(1, -1)));
      list(table, "of one twice", version, topic(Scene.ORDERS, at(0, -2), at(0, 0)));
      list(
          table,
          "of a topic twice",
          version,
          topic(Scene.ORDERS, at(0, -2)),
          topic(Scene.ORDERS, at(0, -2)));
      list(table, "at the end of time", version, topic(Scene.ORDERS, at(0, Long.MAX_VALUE)));
      list(table, "of nothing", version);
      table.ask(
          "ListOffsets by an unknown replica v" + version,
          version,
          list(topic(Scene.ORDERS, at(0, -2))).setReplicaId(9));
      table.ask(
          "ListOffsets by a debugging replica v" + version,
          version,
          list(topic(Scene.ORDERS, at(1, -2))).setReplicaId(-2));
    }
    table.ask(
        "ListOffsets in isolation 5 v11",
        11,
        list(topic(Scene.ORDERS, at(0, -2))).setIsolationLevel((byte) 5));
    list(table, "in a future epoch", 11, topic(Scene.ORDERS, at(0, -1).setCurrentLeaderEpoch(99)));
  }

  private static void list(Table table, String what, int version, ListOffsetsTopic... topics) {
    table.ask("ListOffsets " + what + " v" + version, version, list(topics));
  }

  private static ListOffsetsRequestData list(ListOffsetsTopic... topics) {
    return new ListOffsetsRequestData().setReplicaId(-1).setTopics(Arrays.asList(topics));
  }

  private static ListOffsetsTopic topic(String name, ListOffsetsPartition... partitions) {
    return new ListOffsetsTopic().setName(name).setPartitions(Arrays.asList(partitions));
  }

  private static ListOffsetsPartition at(int partition, long timestamp) {
    return new ListOffsetsPartition().setPartitionIndex(partition).setTimestamp(timestamp);
  }

  private static void epochs(Table table) {
    for (int version : new int[] {2, 4}) {
      epoch(table, "of an unknown topic", version, "no-such-topic", 0, 0, -1);
      epoch(table, "of an unknown partition", version, Scene.ORDERS, 7, 0, -1);
      epoch(table, "of another leader's", version, Scene.ORDERS, 1, 0, -1);
      epoch(table, "of epoch -1", version, Scene.ORDERS, 0, -1, -1);
      epoch(table, "of a future epoch", version, Scene.ORDERS, 0, 99, -1);
      epoch(table, "in a future epoch", version, Scene.ORDERS, 0, 0, 99);
    }
  }

  private static void epoch(
      Table table, String what, int version, String topic, int partition, int epoch, int current) {
    OffsetForLeaderEpochRequestData request = new OffsetForLeaderEpochRequestData();
    request.setReplicaId(-1);
    request
        .topics()
        .add(
            new OffsetForLeaderTopic()
                .setTopic(topic)
                .setPartitions(
                    List.of(
                        new OffsetForLeaderPartition()
                            .setPartition(partition)
                            .setLeaderEpoch(epoch)
                            .setCurrentLeaderEpoch(current))));
    table.ask("OffsetForLeaderEpoch " + what + " v" + version, version, request);
  }

  private static void deletions(Table table) {
    delete(table, "of an unknown topic", "no-such-topic", at(0));
    delete(table, "of a bad name", "a b", at(0));
    delete(table, "of an internal topic", "__consumer_offsets", at(0));
    delete(
        table,
        "of unknown partitions",
        Scene.ORDERS,
        at(0).setPartitionIndex(7),
        at(0).setPartitionIndex(-1));
    delete(table, "of another leader's", Scene.ORDERS, at(0).setPartitionIndex(1));
    delete(table, "of a compacted topic", Scene.COMPACTED, at(0));
    delete(table, "to -2", Scene.ORDERS, at(-2));
    delete(table, "beyond the end", Scene.ORDERS, at(1_000_000));
    delete(table, "of one twice", Scene.ORDERS, at(0), at(0));
  }

  private static void delete(
      Table table, String what, String topic, DeleteRecordsPartition... partitions) {
    table.ask(
        "DeleteRecords " + what + " v2",
        2,
        new DeleteRecordsRequestData()
            .setTimeoutMs(10_000)
            .setTopics(
                List.of(
                    new DeleteRecordsTopic()
                        .setName(topic)
                        .setPartitions(Arrays.asList(partitions)))));
  }

  private static DeleteRecordsPartition at(long offset) {
    return new DeleteRecordsPartition().setPartitionIndex(0).setOffset(offset);
  }

  private static void producers(Table table) {
    describe(table, "an unknown topic", "no-such-topic", 0);
    describe(table, "a bad name", "a b", 0);
    describe(table, "unknown partitions", Scene.ORDERS, -1, 7);
    describe(table, "another leader's", Scene.ORDERS, 1);
    describe(table, "one twice", Scene.COMPACTED, 0, 0);
  }

  private static void describe(Table table, String what, String topic, Integer... partitions) {
    table.ask(
        "DescribeProducers of " + what + " v0",
        0,
        new DescribeProducersRequestData()
            .setTopics(
                List.of(
                    new TopicRequest()
                        .setName(topic)
                        .setPartitionIndexes(Arrays.asList(partitions)))));
  }
}
