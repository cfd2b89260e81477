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
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.ElectLeadersResponseData.PartitionResult;
import org.apache.kafka.common.message.ElectLeadersResponseData.ReplicaElectionResult;
import org.apache.kafka.common.protocol.Errors;

/** Elections that an administrator asks for (KIP-460), and the periodic preferred ones. */
final class LeaderControl {
  private static final byte PREFERRED = 0;
  private static final byte UNCLEAN = 1;

  private final ControlState state;

  LeaderControl(ControlState state) {
    this.state = state;
  }

  Decision elect(ElectLeadersRequestData request) {
    ElectLeadersResponseData response = new ElectLeadersResponseData();
    if (request.electionType() != PREFERRED && request.electionType() != UNCLEAN) {
      return new Decision(List.of(), response.setErrorCode(Errors.INVALID_REQUEST.code()));
    }
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
      Errors error = elect(state.image().topics().get(topic), partition, unclean, records);
      if (!(hideNotNeeded && error == Errors.ELECTION_NOT_NEEDED)) {
        result
            .partitionResult()
            .add(
                new PartitionResult()
                    .setPartitionId(partition)
                    .setErrorCode(error.code())
                    .setErrorMessage(error == Errors.NONE ? null : error.message()));
      }
    }
    return result;
  }

  private Errors elect(TopicState topic, int index, boolean unclean, List<MetadataRecord> records) {
    if (topic == null || index < 0 || index >= topic.partitions().size()) {
      return Errors.UNKNOWN_TOPIC_OR_PARTITION;
    }
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
