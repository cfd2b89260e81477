package dev.trial.app.live.answers;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;

/** Groups of KIP-848. */
final class ConsumerGroupQuestions {
  private static final String GROUP = "new-group";
  private static final String MEMBER = "f8UVYk6_Sb2h0Xp9c3YT3A";

  private ConsumerGroupQuestions() {}

  static void add(Table table) {
    joins(table);
    beats(table, "an unknown group", "no-such-new-group");
    joined(table);
    beats(table, "a group", GROUP);
    beats(table, "a classic group", GroupQuestions.GROUP);
    descriptions(table);
  }

  private static void joins(Table table) {
    beat(table, "without group", "", r -> r);
    beat(table, "without member", GROUP, r -> r.setMemberId(""));
    beat(table, "without member v0", GROUP, r -> r.setMemberId("").setMemberEpoch(5));
    beat(table, "of epoch -5", GROUP, r -> r.setMemberEpoch(-5));
    beat(table, "of no rebalance timeout", GROUP, r -> r.setRebalanceTimeoutMs(-1));
    beat(table, "of no assignment", GROUP, r -> r.setTopicPartitions(null));
    beat(
        table,
        "that owns something as it joins",
        GROUP,
        r -> r.setTopicPartitions(List.of(new TopicPartitions().setTopicId(new Uuid(1, 2)))));
    beat(table, "of no subscription", GROUP, r -> r.setSubscribedTopicNames(null));
    beat(
        table,
        "of a bad expression",
        GROUP,
        r -> r.setSubscribedTopicNames(null).setSubscribedTopicRegex("(["));
    beat(table, "of an unknown assignor", GROUP, r -> r.setServerAssignor("other"));
    beat(table, "of an empty assignor", GROUP, r -> r.setServerAssignor(""));
    beat(table, "of an empty instance", GROUP, r -> r.setInstanceId(""));
    beat(table, "of an empty rack", GROUP, r -> r.setRackId(""));
  }

  private static void joined(Table table) {
    beat(table, "that joins", GROUP, r -> r.setInstanceId("one"));
    beat(
        table,
        "of an instance that is there",
        GROUP,
        r -> r.setMemberId("other").setInstanceId("one"));
    beat(
        table,
        "of an instance that is not there",
        GROUP,
        r -> r.setMemberId("other").setInstanceId("two").setMemberEpoch(-2));
    beat(table, "of a future epoch", GROUP, r -> r.setInstanceId("one").setMemberEpoch(99));
    beat(
        table,
        "of what it was not given",
        GROUP,
        r ->
            r.setInstanceId("one")
                .setMemberEpoch(1)
                .setTopicPartitions(
                    List.of(
                        new TopicPartitions()
                            .setTopicId(new Uuid(1, 2))
                            .setPartitions(List.of(0)))));
  }

  private static void beats(Table table, String what, String group) {
    for (int epoch : new int[] {-2, -1, 1, 99}) {
      beat(
          table,
          "of a stranger to " + what + " at " + epoch,
          group,
          r -> r.setMemberId("stranger").setMemberEpoch(epoch));
      beat(
          table,
          "of a strange instance to " + what + " at " + epoch,
          group,
          r -> r.setMemberId("stranger").setInstanceId("none").setMemberEpoch(epoch));
    }
  }

  private static void beat(
      Table table,
      String what,
      String group,
      UnaryOperator<ConsumerGroupHeartbeatRequestData> change) {
    GroupQuestions.ask(
        table,
        "ConsumerGroupHeartbeat " + what,
        1,
        group,
        scene ->
            change.apply(
                new ConsumerGroupHeartbeatRequestData()
                    .setGroupId(group)
                    .setMemberId(MEMBER)
                    .setRebalanceTimeoutMs(60_000)
                    .setTopicPartitions(List.of())
                    .setSubscribedTopicNames(List.of("no-such-topic"))));
  }

  private static void descriptions(Table table) {
    for (String group : new String[] {"", "no-such-new-group", GroupQuestions.GROUP}) {
      GroupQuestions.ask(
          table,
          "ConsumerGroupDescribe of '" + group + "'",
          1,
          group,
          scene -> new ConsumerGroupDescribeRequestData().setGroupIds(List.of(group)));
    }
    GroupQuestions.ask(
        table,
        "ConsumerGroupDescribe of one twice",
        1,
        "no-such-new-group",
        scene ->
            new ConsumerGroupDescribeRequestData()
                .setGroupIds(List.of("no-such-new-group", "no-such-new-group")));
    GroupQuestions.ask(
        table,
        "ConsumerGroupDescribe of none",
        1,
        GROUP,
        scene -> new ConsumerGroupDescribeRequestData());
  }
}
