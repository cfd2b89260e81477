package dev.trial.broker.controller;

import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.TopicState;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.requests.ApiError;

/** Creating, deleting and widening topics. */
final class TopicControl {
  private final ControlState state;
  private final ReplicaPlacement placement;
  private final TopicCreation creation;

  TopicControl(ControlState state, ReplicaPlacement placement, RandomStream random) {
    this.state = state;
    this.placement = placement;
    this.creation = new TopicCreation(state, placement, random);
  }

  Decision create(CreateTopicsRequestData request) {
    return creation.create(request);
  }

  Decision delete(DeleteTopicsRequestData request) {
    return new TopicDeletion(state).delete(request);
  }

  /** CreatePartitions (KIP-195). */
  Decision createPartitions(CreatePartitionsRequestData request) {
    Set<String> once = new LinkedHashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    request.topics().forEach(topic -> (once.add(topic.name()) ? once : twice).add(topic.name()));
    if (!twice.containsAll(once)) {
      RequestDeadline.check(request.timeoutMs());
    }
    List<MetadataRecord> records = new ArrayList<>();
    CreatePartitionsResponseData response = new CreatePartitionsResponseData();
    for (String name : twice) {
      InvalidRequestException why = new InvalidRequestException("Duplicate topic name.");
      response.results().add(answer(name, ApiError.fromThrowable(why)));
    }
    for (CreatePartitionsTopic topic : request.topics()) {
      if (!twice.contains(topic.name())) {
        List<MetadataRecord> added = new ArrayList<>();
        response.results().add(answer(topic.name(), widen(topic, added)));
        records.addAll(request.validateOnly() ? List.of() : added);
      }
    }
    return new Decision(records, response);
  }

  private static CreatePartitionsTopicResult answer(String topic, ApiError error) {
    return new CreatePartitionsTopicResult()
        .setName(topic)
        .setErrorCode(error.error().code())
        .setErrorMessage(error.message());
  }

  private ApiError widen(CreatePartitionsTopic asked, List<MetadataRecord> records) {
    try {
      TopicState topic = state.image().topics().get(asked.name());
      checkCount(asked, topic);
      int from = topic.partitions().size();
      int factor = topic.partitions().get(0).replicas().size();
      List<List<Integer>> replicas =
          asked.assignments() == null
              ? placement.place(from, asked.count(), factor)
              : assigned(asked, from, factor);
      for (int p = from; p < asked.count(); p++) {
        records.add(new PartitionChanged(topic.id(), placement.first(p, replicas.get(p - from))));
      }
      return ApiError.NONE;
    } catch (ApiException refusal) {
      return ApiError.fromThrowable(refusal);
    }
  }

  /** ReplicationControlManager.createPartitions. */
  private static void checkCount(CreatePartitionsTopic asked, TopicState topic) {
    if (topic == null) {
      throw new UnknownTopicOrPartitionException();
    }
    int now = topic.partitions().size();
    if (asked.count() == now) {
      throw new InvalidPartitionsException("Topic already has " + now + " partition(s).");
    }
    if (asked.count() < now) {
      throw new InvalidPartitionsException(
          "The topic "
              + asked.name()
              + " currently has "
              + now
              + " partition(s); "
              + asked.count()
              + " would not be an increase.");
    }
    int added = asked.count() - now;
    if (added > TopicCreation.PARTITIONS_MAX) { // QuorumController.MAX_RECORDS_PER_USER_OP
      throw new PolicyViolationException("Unable to perform excessively large batch operation.");
    }
    if (asked.assignments() != null && asked.assignments().size() != added) {
      throw new InvalidReplicaAssignmentException(
          "Attempted to add "
              + added
              + " additional partition(s), but only "
              + asked.assignments().size()
              + " assignment(s) were specified.");
    }
  }

  private List<List<Integer>> assigned(CreatePartitionsTopic asked, int from, int factor) {
    List<List<Integer>> replicas = new ArrayList<>();
    for (var assignment : asked.assignments()) {
      int partition = from + replicas.size();
      placement.checkNew(partition, assignment.brokerIds(), OptionalInt.of(factor));
      replicas.add(assignment.brokerIds());
    }
    return replicas;
  }
}
