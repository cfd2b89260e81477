package dev.trial.broker.controller;

import dev.trial.broker.controller.PartitionElection.Reach;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.ElectLeadersResponseData.PartitionResult;
import org.apache.kafka.common.message.ElectLeadersResponseData.ReplicaElectionResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;

/** Elections that an administrator asks for (KIP-460), and the periodic preferred ones. */
final class LeaderControl {
  private static final byte PREFERRED = 0;
  private static final byte UNCLEAN = 1;

  private final ControlState state;

  LeaderControl(ControlState state) {
    this.state = state;
  }

  /**
   * @throws InvalidRequestException if there is no such kind of election
   */
  Decision elect(ElectLeadersRequestData request) {
    if (request.topicPartitions() != null && request.topicPartitions().isEmpty()) {
      return new Decision(List.of(), new ElectLeadersResponseData());
    }
    RequestDeadline.check(request.timeoutMs());
    if (request.electionType() != PREFERRED && request.electionType() != UNCLEAN) {
      throw new InvalidRequestException("Unknown election type " + request.electionType());
    }
    ElectLeadersResponseData response = new ElectLeadersResponseData();
    List<MetadataRecord> records = new ArrayList<>();
    boolean unclean = request.electionType() == UNCLEAN;
    if (request.topicPartitions() == null) {
      for (TopicState topic : state.image().topics().values()) {
        List<Integer> all = IntStream.range(0, topic.partitions().size()).boxed().toList();
        response.replicaElectionResults().add(elect(topic.name(), all, unclean, true, records));
      }
    } else {
      request
          .topicPartitions()
          .forEach(
              asked ->
                  response
                      .replicaElectionResults()
                      .add(elect(asked.topic(), asked.partitions(), unclean, false, records)));
    }
    return new Decision(records, response);
  }

  private ReplicaElectionResult elect(
      String topic,
      List<Integer> partitions,
      boolean unclean,
      boolean hideNotNeeded,
      List<MetadataRecord> records) {
    ReplicaElectionResult result = new ReplicaElectionResult().setTopic(topic);
    for (int partition : partitions) {
      ApiError error = find(topic, partition);
      if (error.isSuccess()) {
        TopicState known = state.image().topics().get(topic);
        error = new ApiError(elect(known, partition, unclean, records));
      }
      if (!(hideNotNeeded && error.is(Errors.ELECTION_NOT_NEEDED))) {
        result
            .partitionResult()
            .add(
                new PartitionResult()
                    .setPartitionId(partition)
                    .setErrorCode(error.error().code())
                    .setErrorMessage(error.isSuccess() ? null : error.messageWithFallback()));
      }
    }
    return result;
  }

  private ApiError find(String name, int index) {
    TopicState topic = state.image().topics().get(name);
    if (topic == null) {
      return new ApiError(Errors.UNKNOWN_TOPIC_OR_PARTITION, "No such topic as " + name);
    }
    return index >= 0 && index < topic.partitions().size()
        ? ApiError.NONE
        : new ApiError(
            Errors.UNKNOWN_TOPIC_OR_PARTITION, "No such partition as " + name + "-" + index);
  }

  private Errors elect(TopicState topic, int index, boolean unclean, List<MetadataRecord> records) {
    PartitionState partition = topic.partitions().get(index);
    boolean needed =
        unclean
            ? partition.leader() == PartitionElection.NO_LEADER
            : partition.leader() != partition.replicas().get(0);
    if (!needed) {
      return Errors.ELECTION_NOT_NEEDED;
    }
    Optional<PartitionState> next =
        PartitionElection.change(
            partition,
            partition.inSyncReplicas(),
            state.terms(topic, unclean ? Reach.UNCLEAN : Reach.PREFERRED));
    if (next.isEmpty()) {
      return unclean
          ? Errors.ELIGIBLE_LEADERS_NOT_AVAILABLE
          : Errors.PREFERRED_LEADER_NOT_AVAILABLE;
    }
    records.add(new PartitionChanged(topic.id(), next.get()));
    return Errors.NONE;
  }

  /** auto.leader.rebalance.enable: leadership goes back to first replicas that are in sync. */
  List<MetadataRecord> balance() {
    List<MetadataRecord> records = new ArrayList<>();
    for (TopicState topic : state.image().topics().values()) {
      for (PartitionState partition : topic.partitions()) {
        if (partition.leader() != PartitionElection.NO_LEADER
            && partition.leader() != partition.replicas().get(0)) {
          elect(topic, partition.partition(), false, records);
        }
      }
    }
    return records;
  }
}
