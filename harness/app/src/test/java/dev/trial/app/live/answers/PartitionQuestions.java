package dev.trial.app.live.answers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData.ListPartitionReassignmentsTopics;

/** CreatePartitions, ElectLeaders and the reassignment of partitions. */
final class PartitionQuestions {
  private static final int TIMEOUT_MS = 10_000;

  private PartitionQuestions() {}

  static void add(Table table) {
    widenings(table);
    elections(table);
    reassignments(table);
    withoutTime(table);
  }

  private static void widenings(Table table) {
    widen(table, "unknown", topic("no-such-topic", 4));
    widen(table, "bad names", topic("", 4), topic("a b", 4));
    for (int count : new int[] {3, 2, 0, -1}) {
      widen(table, "orders to " + count, topic(Scene.ORDERS, count));
    }
    widen(table, "one twice", topic(Scene.ORDERS, 4), topic(Scene.ORDERS, 5));
    widen(table, "two too few assignments", topic(Scene.ORDERS, 5, List.of(1, 2, 3)));
    widen(table, "assignments of nothing", topic(Scene.ORDERS, 4, List.of()));
    widen(table, "no assignments", topic(Scene.ORDERS, 4).setAssignments(List.of()));
    widen(table, "another factor", topic(Scene.ORDERS, 4, List.of(1, 2)));
    widen(table, "an unknown broker", topic(Scene.ORDERS, 4, List.of(1, 2, 9)));
    widen(table, "a broker twice", topic(Scene.ORDERS, 4, List.of(1, 2, 2)));
    widen(table, "something", topic(Scene.ORDERS, 4, List.of(1, 2, 3)));
  }

  private static void widen(Table table, String what, CreatePartitionsTopic... topics) {
    table.ask("CreatePartitions of " + what + " v3", 3, widening(TIMEOUT_MS, topics));
  }

  private static CreatePartitionsRequestData widening(
      int timeoutMs, CreatePartitionsTopic... topics) {
    CreatePartitionsRequestData request =
        new CreatePartitionsRequestData().setTimeoutMs(timeoutMs).setValidateOnly(true);
    request.topics().addAll(List.of(topics));
    return request;
  }

  /** Nothing that takes time is begun; what there is nothing to do for is answered. */
  private static void withoutTime(Table table) {
    table.ask(
        "CreatePartitions within -1 ms v3",
        3,
        widening(-1, topic(Scene.ORDERS, 4), topic("no-such-topic", 4)));
    table.ask(
        "CreatePartitions of one twice within -1 ms v3",
        3,
        widening(-1, topic(Scene.ORDERS, 4), topic(Scene.ORDERS, 5)));
    for (int type : new int[] {0, 5}) {
      table.ask(
          "ElectLeaders of type " + type + " within -1 ms v2",
          2,
          election(type, -1, partitions(Scene.ORDERS, 0)));
    }
    table.ask("ElectLeaders of type 5 for none within -1 ms v2", 2, election(5, -1));
    table.ask(
        "AlterPartitionReassignments within -1 ms v1",
        1,
        reassignment(-1, Scene.ORDERS, 0, List.of(1, 2, 3)));
    table.ask(
        "ListPartitionReassignments within -1 ms v0",
        0,
        new ListPartitionReassignmentsRequestData().setTopics(null).setTimeoutMs(-1));
  }

  @SafeVarargs
  private static CreatePartitionsTopic topic(String name, int count, List<Integer>... assignments) {
    List<CreatePartitionsAssignment> added = new ArrayList<>();
    for (List<Integer> ids : assignments) {
      added.add(new CreatePartitionsAssignment().setBrokerIds(ids));
    }
    return topic(name, count).setAssignments(added);
  }

  private static CreatePartitionsTopic topic(String name, int count) {
    return new CreatePartitionsTopic().setName(name).setCount(count).setAssignments(null);
  }

  private static void elections(Table table) {
    elect(table, "of type 5", 5, partitions(Scene.ORDERS, 0));
    for (int type : new int[] {0, 1}) {
      String kind = type == 0 ? "preferred" : "unclean";
      elect(table, kind + " for unknown topics", type, partitions("no-such-topic", 0));
      elect(table, kind + " for a bad name", type, partitions("a b", 0));
      elect(table, kind + " for unknown partitions", type, partitions(Scene.ORDERS, -1, 3));
      elect(table, kind + " not needed", type, partitions(Scene.ORDERS, 0));
      elect(table, kind + " twice", type, partitions(Scene.ORDERS, 0, 0));
      table.ask(
          "ElectLeaders " + kind + " for all v2",
          2,
          new ElectLeadersRequestData()
              .setElectionType((byte) type)
              .setTopicPartitions(null)
              .setTimeoutMs(TIMEOUT_MS));
    }
    elect(table, "for none", 0);
    table.ask(
        "ElectLeaders v0",
        0,
        new ElectLeadersRequestData()
            .setTopicPartitions(collection(partitions("no-such-topic", 0)))
            .setTimeoutMs(TIMEOUT_MS));
  }

  private static void elect(Table table, String what, int type, TopicPartitions... partitions) {
    table.ask("ElectLeaders " + what + " v2", 2, election(type, TIMEOUT_MS, partitions));
  }

  private static ElectLeadersRequestData election(
      int type, int timeoutMs, TopicPartitions... partitions) {
    return new ElectLeadersRequestData()
        .setElectionType((byte) type)
        .setTopicPartitions(collection(partitions))
        .setTimeoutMs(timeoutMs);
  }

  private static ElectLeadersRequestData.TopicPartitionsCollection collection(
      TopicPartitions... partitions) {
    return new ElectLeadersRequestData.TopicPartitionsCollection(List.of(partitions).iterator());
  }

  private static TopicPartitions partitions(String topic, Integer... partitions) {
    return new TopicPartitions().setTopic(topic).setPartitions(Arrays.asList(partitions));
  }

  private static void reassignments(Table table) {
    reassign(table, "of unknown topics", "no-such-topic", 0, List.of(1));
    reassign(table, "of bad names", "a b", 0, List.of(1));
    reassign(table, "of unknown partitions", Scene.ORDERS, 3, List.of(1, 2, 3));
    reassign(table, "of negative partitions", Scene.ORDERS, -1, List.of(1, 2, 3));
    reassign(table, "to nobody", Scene.ORDERS, 0, List.of());
    reassign(table, "to an unknown broker", Scene.ORDERS, 0, List.of(1, 2, 9));
    reassign(table, "to a negative broker", Scene.ORDERS, 0, List.of(1, 2, -1));
    reassign(table, "to a broker twice", Scene.ORDERS, 0, List.of(1, 2, 2));
    reassign(table, "to fewer", Scene.ORDERS, 0, List.of(1, 2));
    reassign(table, "cancelled", Scene.ORDERS, 0, null);
    reassign(table, "cancelled of unknown topics", "no-such-topic", 0, null);
    reassign(table, "that changes nothing", Scene.ORDERS, 0, List.of(1, 2, 3));
    list(table, "unknown", "no-such-topic", 0);
    list(table, "unknown partitions", Scene.ORDERS, -1, 0, 3);
    table.ask(
        "ListPartitionReassignments of all v0",
        0,
        new ListPartitionReassignmentsRequestData().setTopics(null).setTimeoutMs(TIMEOUT_MS));
  }

  private static void reassign(
      Table table, String what, String topic, int partition, List<Integer> replicas) {
    table.ask(
        "AlterPartitionReassignments " + what + " v1",
        1,
        reassignment(TIMEOUT_MS, topic, partition, replicas));
  }

  private static AlterPartitionReassignmentsRequestData reassignment(
      int timeoutMs, String topic, int partition, List<Integer> replicas) {
    return new AlterPartitionReassignmentsRequestData()
        .setTimeoutMs(timeoutMs)
        .setAllowReplicationFactorChange(false)
        .setTopics(
            List.of(
                new ReassignableTopic()
                    .setName(topic)
                    .setPartitions(
                        List.of(
                            new ReassignablePartition()
                                .setPartitionIndex(partition)
                                .setReplicas(replicas)))));
  }

  private static void list(Table table, String what, String topic, Integer... partitions) {
    table.ask(
        "ListPartitionReassignments of " + what + " v0",
        0,
        new ListPartitionReassignmentsRequestData()
            .setTimeoutMs(TIMEOUT_MS)
            .setTopics(
                List.of(
                    new ListPartitionReassignmentsTopics()
                        .setName(topic)
                        .setPartitionIndexes(Arrays.asList(partitions)))));
  }
}
