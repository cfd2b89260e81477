package dev.trial.broker.group;

import dev.trial.broker.group.ConsumerMembership.Answer;
import dev.trial.broker.group.GroupCoordinator.Found;
import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.group.consumer.Heartbeat;
import dev.trial.broker.group.consumer.IdPartition;
import dev.trial.broker.group.consumer.Refused;
import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.ErrorAnswers;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData.Assignment;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData.TopicPartitions;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** ConsumerGroupHeartbeat and ConsumerGroupDescribe on the wire (KIP-848). */
final class ConsumerGroupHandlers {

  /** From v1 on the member makes up its own id (KIP-1082). */
  private static final int OWN_MEMBER_ID_SINCE = 1;

  private final GroupCoordinator coordinator;
  private final RandomStream random;

  private ConsumerGroupHandlers(GroupCoordinator coordinator) {
    this.coordinator = coordinator;
    this.random = coordinator.memberIds();
  }

  static void register(GroupCoordinator coordinator, Handlers handlers) {
    ConsumerGroupHandlers own = new ConsumerGroupHandlers(coordinator);
    own.serve(handlers, ApiKeys.CONSUMER_GROUP_HEARTBEAT, own::heartbeat);
    own.serve(handlers, ApiKeys.CONSUMER_GROUP_DESCRIBE, own::describe);
  }

  /** With group.version 0 there is no such protocol (KafkaApis.isConsumerGroupProtocolEnabled). */
  private void serve(Handlers handlers, ApiKeys api, ApiHandler handler) {
    handlers.register(
        api,
        (context, message, responder) -> {
          if (coordinator.consumerProtocol()) {
            handler.handle(context, message, responder);
          } else {
            responder.answer(ErrorAnswers.of(context, message, Errors.UNSUPPORTED_VERSION));
          }
        });
  }

  // ---- heartbeat

  private void heartbeat(RequestContext context, ApiMessage message, Responder responder) {
    ConsumerGroupHeartbeatRequestData asked = (ConsumerGroupHeartbeatRequestData) message;
    String invalid = invalid(asked, context.version());
    if (invalid != null) {
      responder.answer(refused(Errors.INVALID_REQUEST, invalid));
      return;
    }
    List<String> assignors = coordinator.settings().consumerAssignors().names();
    if (asked.serverAssignor() != null && !assignors.contains(asked.serverAssignor())) {
      String text =
          "ServerAssignor %s is not supported. Supported assignors: %s."
              .formatted(asked.serverAssignor(), String.join(", ", assignors));
      responder.answer(refused(Errors.UNSUPPORTED_ASSIGNOR, text));
      return;
    }
    Found found = coordinator.find(asked.groupId());
    if (found.error() != Errors.NONE) {
      responder.answer(refused(found.error(), found.error().message()));
      return;
    }
    found
        .service()
        .consumers()
        .heartbeat(
            asked.groupId(),
            read(asked, context),
            answer -> responder.answer(onWire(asked.groupId(), answer)));
  }

  /** What is wrong with the request by itself (throwIfConsumerGroupHeartbeatRequestIsInvalid). */
  private static String invalid(ConsumerGroupHeartbeatRequestData asked, int version) {
    int epoch = asked.memberEpoch();
    boolean needsId = version >= OWN_MEMBER_ID_SINCE || epoch > 0 || epoch == Heartbeat.LEAVES;
    if (needsId && asked.memberId().isBlank()) {
      return "MemberId can't be empty.";
    }
    if (asked.groupId().isBlank()) {
      return "GroupId can't be empty.";
    }
    if (asked.instanceId() != null && asked.instanceId().isBlank()) {
      return "InstanceId can't be empty.";
    }
    if (asked.rackId() != null && asked.rackId().isBlank()) {
      return "RackId can't be empty.";
    }
    if (epoch == 0) {
      return invalidJoin(asked);
    }
    if (epoch == Heartbeat.LEAVES_FOR_A_WHILE && asked.instanceId() == null) {
      return "InstanceId can't be null.";
    }
    return epoch < Heartbeat.LEAVES_FOR_A_WHILE ? "MemberEpoch is invalid." : null;
  }

  private static String invalidJoin(ConsumerGroupHeartbeatRequestData asked) {
    if (asked.rebalanceTimeoutMs() == -1) {
      return "RebalanceTimeoutMs must be provided in first request.";
    }
    if (asked.topicPartitions() == null || !asked.topicPartitions().isEmpty()) {
      return "TopicPartitions must be empty when (re-)joining.";
    }
    return asked.subscribedTopicNames() == null && asked.subscribedTopicRegex() == null
        ? "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining."
        : null;
  }

  private Heartbeat read(ConsumerGroupHeartbeatRequestData asked, RequestContext context) {
    String memberId = asked.memberId();
    if (memberId.isEmpty()) {
      memberId = new Uuid(random.nextLong(), random.nextLong()).toString();
    }
    SortedSet<IdPartition> owned = null;
    if (asked.topicPartitions() != null) {
      owned = new TreeSet<>();
      for (var topic : asked.topicPartitions()) {
        for (int partition : topic.partitions()) {
          owned.add(new IdPartition(topic.topicId(), partition));
        }
      }
    }
    List<String> topics = asked.subscribedTopicNames();
    return new Heartbeat(
        memberId,
        asked.memberEpoch(),
        asked.instanceId(),
        asked.rackId(),
        asked.rebalanceTimeoutMs(),
        topics == null ? null : new TreeSet<>(topics),
        asked.subscribedTopicRegex(),
        asked.serverAssignor(),
        owned,
        context.clientId(),
        "/" + context.remoteHost());
  }

  private static ConsumerGroupHeartbeatResponseData refused(Errors error, String message) {
    return new ConsumerGroupHeartbeatResponseData()
        .setErrorCode(error.code())
        .setErrorMessage(message);
  }

  private ConsumerGroupHeartbeatResponseData onWire(String group, Answer answer) {
    if (answer.error() != Errors.NONE) {
      return refused(answer.error(), answer.message());
    }
    ConsumerGroupHeartbeatResponseData response =
        new ConsumerGroupHeartbeatResponseData()
            .setMemberId(answer.outcome().memberId())
            .setMemberEpoch(answer.outcome().memberEpoch());
    if (answer.outcome().memberEpoch() >= 0) {
      response.setHeartbeatIntervalMs(coordinator.configs(group).heartbeatIntervalMs());
    }
    SortedSet<IdPartition> told = answer.outcome().assignment();
    if (told != null) {
      List<TopicPartitions> topics = new ArrayList<>();
      byTopic(told)
          .forEach(
              (topic, partitions) ->
                  topics.add(new TopicPartitions().setTopicId(topic).setPartitions(partitions)));
      response.setAssignment(new Assignment().setTopicPartitions(topics));
    }
    return response;
  }

  /** Partition numbers by topic. */
  static SortedMap<Uuid, List<Integer>> byTopic(Iterable<IdPartition> partitions) {
    SortedMap<Uuid, List<Integer>> byTopic = new TreeMap<>();
    for (IdPartition partition : partitions) {
      byTopic
          .computeIfAbsent(partition.topicId(), id -> new ArrayList<>())
          .add(partition.partition());
    }
    return byTopic;
  }

  // ---- describe

  private static DescribedGroup describe(
      ConsumerGroupDescription description,
      Shard shard,
      ConsumerGroupDescribeRequestData asked,
      String id) {
    ConsumerGroup group = shard.consumers().committed(id);
    if (group == null) {
      boolean classic = shard.group(id) != null;
      Refused why = classic ? Refused.noConsumerGroup(id) : Refused.noSuchGroup(id);
      return ConsumerGroupDescription.refused(id, why.error(), why.getMessage());
    }
    return description.of(group, id, asked.includeAuthorizedOperations());
  }

  private void describe(RequestContext context, ApiMessage message, Responder responder) {
    ConsumerGroupDescribeRequestData asked = (ConsumerGroupDescribeRequestData) message;
    ConsumerGroupDescribeResponseData response = new ConsumerGroupDescribeResponseData();
    ConsumerGroupDescription description =
        new ConsumerGroupDescription(
            coordinator.image().get(), coordinator.settings().consumerAssignors());
    for (String group : asked.groupIds()) {
      Found found =
          group.isEmpty() ? new Found(null, Errors.INVALID_GROUP_ID) : coordinator.find(group);
      response
          .groups()
          .add(
              found.error() == Errors.NONE
                  ? describe(description, found.service().shard(), asked, group)
                  : ConsumerGroupDescription.refused(group, found.error(), null));
    }
    responder.answer(response);
  }
}
