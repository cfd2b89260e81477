package dev.trial.broker.group;

import dev.trial.broker.group.consumer.Assignors;
import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.group.consumer.ConsumerMember;
import dev.trial.broker.group.consumer.IdPartition;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.wire.AuthorizedOperations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Assignment;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Member;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.TopicPartitions;
import org.apache.kafka.common.protocol.Errors;

/** What administrators are told of a consumer group: ConsumerGroupDescribe. */
final class ConsumerGroupDescription {

  /** Which protocol a member uses (KIP-1099). */
  private static final byte CLASSIC_MEMBER = 0;

  private static final byte CONSUMER_MEMBER = 1;

  private final MetadataImage image;
  private final Assignors assignors;

  ConsumerGroupDescription(MetadataImage image, Assignors assignors) {
    this.image = image;
    this.assignors = assignors;
  }

  static DescribedGroup refused(String id, Errors error, String message) {
    return new DescribedGroup()
        .setGroupId(id)
        .setErrorCode(error.code())
        .setErrorMessage(message)
        .setAuthorizedOperations(AuthorizedOperations.NOT_ASKED);
  }

  /**
   * Describes a group.
   *
   * @param operations whether to tell what may be done to it (KIP-430)
   */
  DescribedGroup of(ConsumerGroup group, String id, boolean operations) {
    DescribedGroup described =
        new DescribedGroup()
            .setGroupId(id)
            .setGroupState(group.state().text())
            .setGroupEpoch(group.epoch())
            .setAssignmentEpoch(group.assignmentEpoch())
            .setAssignorName(assignors.preferredNameBy(group))
            .setAuthorizedOperations(AuthorizedOperations.ofGroup(operations));
    group
        .members()
        .values()
        .forEach(member -> described.members().add(of(member, group.targetOf(member.id()))));
    return described;
  }

  /** A member answers for what it has to give up until it has. */
  private Member of(ConsumerMember member, SortedSet<IdPartition> target) {
    SortedSet<IdPartition> owned = new TreeSet<>(member.current().assigned().keySet());
    owned.addAll(member.current().revoking().keySet());
    return new Member()
        .setMemberId(member.id())
        .setInstanceId(member.instanceId())
        .setRackId(member.subscription().rackId())
        .setMemberEpoch(member.epoch())
        .setClientId(member.subscription().clientId())
        .setClientHost(member.subscription().clientHost())
        .setSubscribedTopicNames(new ArrayList<>(member.subscription().topics()))
        .setSubscribedTopicRegex(member.subscription().regex())
        .setAssignment(assignment(owned))
        .setTargetAssignment(assignment(target))
        .setMemberType(member.classic() ? CLASSIC_MEMBER : CONSUMER_MEMBER);
  }

  private Assignment assignment(Collection<IdPartition> partitions) {
    List<TopicPartitions> topics = new ArrayList<>();
    ConsumerGroupHandlers.byTopic(partitions)
        .forEach(
            (id, numbers) ->
                image
                    .topic(id)
                    .ifPresent(
                        topic ->
                            topics.add(
                                new TopicPartitions()
                                    .setTopicId(id)
                                    .setTopicName(topic.name())
                                    .setPartitions(numbers))));
    return new Assignment().setTopicPartitions(topics);
  }
}
