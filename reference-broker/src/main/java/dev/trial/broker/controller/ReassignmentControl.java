package dev.trial.broker.controller;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignablePartitionResponse;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignableTopicResponse;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData.ListPartitionReassignmentsTopics;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData.OngoingPartitionReassignment;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData.OngoingTopicReassignment;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;

/** Moving replicas from broker to broker (KIP-455). Each partition is decided by itself. */
final class ReassignmentControl {
  private final ControlState state;
  private final ReplicaPlacement placement;

  ReassignmentControl(ControlState state, ReplicaPlacement placement) {
    this.state = state;
    this.placement = placement;
  }

  Decision alter(AlterPartitionReassignmentsRequestData request) {
    if (!request.topics().isEmpty()) {
      RequestDeadline.check(request.timeoutMs());
    }
    List<MetadataRecord> records = new ArrayList<>();
    AlterPartitionReassignmentsResponseData response =
        new AlterPartitionReassignmentsResponseData()
            .setAllowReplicationFactorChange(request.allowReplicationFactorChange());
    for (ReassignableTopic topic : request.topics()) {
      ReassignableTopicResponse answers = new ReassignableTopicResponse().setName(topic.name());
      response.responses().add(answers);
      for (ReassignablePartition asked : topic.partitions()) {
        boolean mayResize = request.allowReplicationFactorChange();
        ApiError error = tryAlter(topic.name(), asked, mayResize, records);
        answers
            .partitions()
            .add(
                new ReassignablePartitionResponse()
                    .setPartitionIndex(asked.partitionIndex())
                    .setErrorCode(error.error().code())
                    .setErrorMessage(error.message()));
      }
    }
    return new Decision(records, response);
  }

  private ApiError tryAlter(
      String topic, ReassignablePartition asked, boolean mayResize, List<MetadataRecord> records) {
    try {
      TopicState known = state.image().topics().get(topic);
      next(topic, known, asked, mayResize)
          .ifPresent(changed -> records.add(new PartitionChanged(known.id(), changed)));
      return ApiError.NONE;
    } catch (ApiException refusal) {
      return ApiError.fromThrowable(refusal);
    }
  }

  private Optional<PartitionState> next(
      String name, TopicState topic, ReassignablePartition asked, boolean mayResize) {
    PartitionState partition = find(name, topic, asked.partitionIndex());
    ElectionTerms terms = state.terms(topic);
    if (asked.replicas() == null) {
      if (!partition.reassigning()) {
        throw Errors.NO_REASSIGNMENT_IN_PROGRESS.exception();
      }
      return PartitionElection.revert(partition, terms);
    }
    check(partition, asked.replicas(), mayResize);
    return state.defects().has(Defect.REASSIGNMENT_NOT_AWAITED)
        ? Optional.of(atOnce(partition, asked.replicas()))
        : PartitionElection.reassign(partition, asked.replicas(), terms);
  }

  private static PartitionState find(String name, TopicState topic, int index) {
    if (topic == null) {
      throw new UnknownTopicOrPartitionException("Unable to find a topic named " + name + ".");
    }
    if (index < 0 || index >= topic.partitions().size()) {
      throw new UnknownTopicOrPartitionException(
          "Unable to find partition " + name + ":" + index + ".");
    }
    return topic.partitions().get(index);
  }

  /** ReplicationControlManager.changePartitionReassignment. */
  private void check(PartitionState partition, List<Integer> target, boolean mayResize) {
    placement.check(target, OptionalInt.empty());
    int now = partition.replicas().size() - partition.adding().size();
    if (!mayResize && target.size() != now) {
      throw new InvalidReplicationFactorException(
          "The replication factor is changed from " + now + " to " + target.size());
    }
  }

  /** The defect: who is to have the data counts as having it. */
  private static PartitionState atOnce(PartitionState before, List<Integer> target) {
    return new PartitionState(
        before.partition(),
        target,
        target,
        target.get(target.size() - 1),
        before.leaderEpoch() + 1,
        before.partitionEpoch() + 1,
        before.election());
  }

  Decision list(ListPartitionReassignmentsRequestData request) {
    ListPartitionReassignmentsResponseData response = new ListPartitionReassignmentsResponseData();
    if (request.topics() == null) {
      for (TopicState topic : state.image().topics().values()) {
        List<Integer> all = IntStream.range(0, topic.partitions().size()).boxed().toList();
        list(topic, all, response);
      }
    } else {
      for (ListPartitionReassignmentsTopics asked : request.topics()) {
        list(state.image().topics().get(asked.name()), asked.partitionIndexes(), response);
      }
    }
    return new Decision(List.of(), response);
  }

  private static void list(
      TopicState topic, List<Integer> partitions, ListPartitionReassignmentsResponseData response) {
    if (topic == null) {
      return;
    }
    OngoingTopicReassignment ongoing = new OngoingTopicReassignment().setName(topic.name());
    for (int index : partitions) {
      boolean known = index >= 0 && index < topic.partitions().size();
      if (known && topic.partitions().get(index).reassigning()) {
        PartitionState partition = topic.partitions().get(index);
        ongoing
            .partitions()
            .add(
                new OngoingPartitionReassignment()
                    .setPartitionIndex(index)
                    .setReplicas(partition.replicas())
                    .setAddingReplicas(partition.adding())
                    .setRemovingReplicas(partition.removing()));
      }
    }
    if (!ongoing.partitions().isEmpty()) {
      response.topics().add(ongoing);
    }
  }
}
