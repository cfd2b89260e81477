package dev.trial.broker.controller;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

/** Moving replicas from broker to broker (KIP-455). Each partition is decided by itself. */
final class ReassignmentControl {
  private final ControlState state;

  ReassignmentControl(ControlState state) {
    this.state = state;
  }

  Decision alter(AlterPartitionReassignmentsRequestData request) {
    List<MetadataRecord> records = new ArrayList<>();
    AlterPartitionReassignmentsResponseData response =
        new AlterPartitionReassignmentsResponseData()
            .setAllowReplicationFactorChange(request.allowReplicationFactorChange());
    for (ReassignableTopic topic : request.topics()) {
      ReassignableTopicResponse answers = new ReassignableTopicResponse().setName(topic.name());
      response.responses().add(answers);
      for (ReassignablePartition asked : topic.partitions()) {
        boolean mayResize = request.allowReplicationFactorChange();
        Errors error = alter(state.image().topics().get(topic.name()), asked, mayResize, records);
        answers
            .partitions()
            .add(
                new ReassignablePartitionResponse()
                    .setPartitionIndex(asked.partitionIndex())
                    .setErrorCode(error.code())
                    .setErrorMessage(error == Errors.NONE ? null : error.message()));
      }
    }
    return new Decision(records, response);
  }

  private Errors alter(
      TopicState topic,
      ReassignablePartition asked,
      boolean mayResize,
      List<MetadataRecord> records) {
    int index = asked.partitionIndex();
    if (topic == null || index < 0 || index >= topic.partitions().size()) {
      return Errors.UNKNOWN_TOPIC_OR_PARTITION;
    }
    PartitionState partition = topic.partitions().get(index);
    ElectionTerms terms = state.terms(topic);
    Optional<PartitionState> next;
    if (asked.replicas() == null) {
      if (!partition.reassigning()) {
        return Errors.NO_REASSIGNMENT_IN_PROGRESS;
      }
      next = PartitionElection.revert(partition, terms);
    } else {
      Errors invalid = validate(partition, asked.replicas(), mayResize);
      if (invalid != Errors.NONE) {
        return invalid;
      }
      next =
          state.defects().has(Defect.REASSIGNMENT_NOT_AWAITED)
              ? Optional.of(atOnce(partition, asked.replicas()))
              : PartitionElection.reassign(partition, asked.replicas(), terms);
    }
    next.ifPresent(changed -> records.add(new PartitionChanged(topic.id(), changed)));
    return Errors.NONE;
  }

  private Errors validate(PartitionState partition, List<Integer> target, boolean mayResize) {
    boolean sound =
        !target.isEmpty()
            && new LinkedHashSet<>(target).size() == target.size()
            && state.image().brokers().keySet().containsAll(target);
    if (!sound) {
      return Errors.INVALID_REPLICA_ASSIGNMENT;
    }
    int now = partition.replicas().size() - partition.adding().size();
    return mayResize || target.size() == now ? Errors.NONE : Errors.INVALID_REPLICATION_FACTOR;
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
