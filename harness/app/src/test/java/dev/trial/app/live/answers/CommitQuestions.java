package dev.trial.app.live.answers;

import static dev.trial.app.live.answers.GroupQuestions.GROUP;
import static dev.trial.app.live.answers.GroupQuestions.ask;
import static dev.trial.app.live.answers.GroupQuestions.memberId;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;

/** OffsetCommit, OffsetFetch, OffsetDelete. */
final class CommitQuestions {
  private static final String SIMPLE = "simple-group";
  private static final int NEWEST_BY_NAME = 9;

  private CommitQuestions() {}

  static void add(Table table) {
    commits(table);
    members(table);
    fetches(table);
    deletions(table);
  }

  private static void commits(Table table) {
    for (int version : new int[] {2, 8, 9}) {
      commit(table, "of no group", version, "", topic(Scene.ORDERS, at(0, 1)));
      commit(table, "of unknown topics", version, SIMPLE, topic("no-such-topic", at(0, 1)));
      commit(table, "of bad names", version, SIMPLE, topic("a b", at(0, 1)), topic("", at(0, 1)));
      commit(
          table,
          "of unknown partitions",
          version,
          SIMPLE,
          topic(Scene.ORDERS, at(7, 1), at(-1, 1), at(0, 1)));
    }
    commit(table, "of nothing", 9, SIMPLE);
    commit(table, "of no partitions", 9, SIMPLE, topic(Scene.ORDERS));
    commit(table, "of -5", 9, SIMPLE, topic(Scene.ORDERS, at(0, -5)));
    commit(
        table,
        "of too much metadata",
        9,
        SIMPLE,
        topic(
            Scene.ORDERS,
            at(0, 2).setCommittedMetadata("x".repeat(5_000)),
            at(1, 2).setCommittedMetadata(null)));
    commit(table, "twice", 9, SIMPLE, topic(Scene.ORDERS, at(0, 1), at(0, 2)));
    commit(table, "by unknown ids", 10, SIMPLE, byId(new Uuid(1, 2)), byId(Uuid.ZERO_UUID));
    ask(
        table,
        "OffsetCommit by an id",
        10,
        SIMPLE,
        scene -> request(SIMPLE, byId(scene.id(Scene.COMPACTED))));
  }

  private static void members(Table table) {
    for (String group : new String[] {SIMPLE, GROUP, "no-such-group"}) {
      for (int version : new int[] {7, 9}) {
        String to = " to " + group;
        member(table, "of a stranger" + to, version, group, "stranger", null, 1);
        member(table, "of a member in generation -1" + to, version, group, "stranger", null, -1);
        member(table, "of an instance" + to, version, group, "stranger", "one", 1);
        member(table, "of an unknown instance" + to, version, group, "stranger", "two", 1);
        member(table, "of nobody in a generation" + to, version, group, "", null, 1);
        member(table, "of nobody" + to, version, group, "", null, -1);
      }
    }
    for (int generation : new int[] {0, 1, 99}) {
      ask(
          table,
          "OffsetCommit in generation " + generation,
          9,
          GROUP,
          scene ->
              request(GROUP, topic(Scene.ORDERS, at(0, 1)))
                  .setMemberId(memberId(scene))
                  .setGenerationIdOrMemberEpoch(generation));
    }
  }

  private static void member(
      Table table,
      String what,
      int version,
      String group,
      String member,
      String instance,
      int generation) {
    ask(
        table,
        "OffsetCommit " + what,
        version,
        group,
        scene ->
            request(group, topic(Scene.ORDERS, at(0, 1)))
                .setMemberId(member)
                .setGroupInstanceId(instance)
                .setGenerationIdOrMemberEpoch(generation));
  }

  private static void commit(
      Table table, String what, int version, String group, OffsetCommitRequestTopic... topics) {
    ask(table, "OffsetCommit " + what, version, group, scene -> request(group, topics));
  }

  private static OffsetCommitRequestData request(String group, OffsetCommitRequestTopic... topics) {
    return new OffsetCommitRequestData().setGroupId(group).setTopics(Arrays.asList(topics));
  }

  private static OffsetCommitRequestTopic topic(
      String name, OffsetCommitRequestPartition... partitions) {
    return new OffsetCommitRequestTopic().setName(name).setPartitions(Arrays.asList(partitions));
  }

  private static OffsetCommitRequestTopic byId(Uuid id) {
    return new OffsetCommitRequestTopic().setTopicId(id).setPartitions(List.of(at(0, 1)));
  }

  private static OffsetCommitRequestPartition at(int partition, long offset) {
    return new OffsetCommitRequestPartition()
        .setPartitionIndex(partition)
        .setCommittedOffset(offset)
        .setCommittedMetadata("");
  }

  private static void fetches(Table table) {
    for (int version : new int[] {1, 7}) {
      for (String group : new String[] {"", "no-such-group", SIMPLE}) {
        ask(
            table,
            "OffsetFetch of '" + group + "'",
            version,
            group,
            scene ->
                new OffsetFetchRequestData()
                    .setGroupId(group)
                    .setTopics(
                        List.of(
                            new OffsetFetchRequestTopic()
                                .setName("no-such-topic")
                                .setPartitionIndexes(List.of(0, -1)),
                            new OffsetFetchRequestTopic()
                                .setName(Scene.ORDERS)
                                .setPartitionIndexes(List.of(0, 7)))));
      }
    }
    for (String group : new String[] {"", "no-such-group", SIMPLE, GROUP}) {
      fetch(table, "of '" + group + "'", 9, group, null, -1);
      fetch(table, "of a stranger to '" + group + "'", 9, group, "stranger", 1);
      fetch(table, "of a stranger at 0 to '" + group + "'", 9, group, "stranger", 0);
    }
    ask(
        table,
        "OffsetFetch by unknown ids",
        10,
        SIMPLE,
        scene ->
            groups(
                group(SIMPLE)
                    .setTopics(
                        List.of(
                            new OffsetFetchRequestTopics()
                                .setTopicId(new Uuid(1, 2))
                                .setPartitionIndexes(List.of(0))))));
    ask(
        table,
        "OffsetFetch of groups twice",
        9,
        SIMPLE,
        scene -> groups(group("no-such-group"), group("no-such-group")));
    ask(table, "OffsetFetch of no groups", 9, SIMPLE, scene -> groups());
  }

  private static void fetch(
      Table table, String what, int version, String group, String member, int epoch) {
    ask(
        table,
        "OffsetFetch " + what,
        version,
        group,
        scene -> groups(group(group).setMemberId(member).setMemberEpoch(epoch)));
  }

  private static OffsetFetchRequestGroup group(String name) {
    return new OffsetFetchRequestGroup()
        .setGroupId(name)
        .setTopics(
            List.of(
                new OffsetFetchRequestTopics()
                    .setName("no-such-topic")
                    .setPartitionIndexes(List.of(0))));
  }

  private static OffsetFetchRequestData groups(OffsetFetchRequestGroup... groups) {
    return new OffsetFetchRequestData().setGroups(Arrays.asList(groups));
  }

  private static void deletions(Table table) {
    for (String group : new String[] {"", "no-such-group", SIMPLE, GROUP}) {
      ask(
          table,
          "OffsetDelete of '" + group + "'",
          0,
          group,
          scene ->
              deletion(group, of("no-such-topic", 0), of("a b", 0), of(Scene.ORDERS, 0, 7, -1)));
    }
    ask(table, "OffsetDelete of nothing", 0, SIMPLE, scene -> deletion(SIMPLE));
    ask(
        table,
        "OffsetDelete of one twice",
        0,
        SIMPLE,
        scene -> deletion(SIMPLE, of(Scene.ORDERS, 1, 1)));
  }

  private static OffsetDeleteRequestData deletion(
      String group, OffsetDeleteRequestTopic... topics) {
    OffsetDeleteRequestData request = new OffsetDeleteRequestData().setGroupId(group);
    request.topics().addAll(List.of(topics));
    return request;
  }

  private static OffsetDeleteRequestTopic of(String topic, Integer... partitions) {
    return new OffsetDeleteRequestTopic()
        .setName(topic)
        .setPartitions(
            Arrays.stream(partitions)
                .map(p -> new OffsetDeleteRequestPartition().setPartitionIndex(p))
                .toList());
  }
}
