package dev.trial.broker.controller;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.AlterPartitionResponseData;
import org.apache.kafka.common.protocol.Errors;

/** AlterPartition: a leader changes its in-sync set (KIP-497, KIP-841, KIP-903). */
final class InSyncControl {
  private static final long ANY_EPOCH = -1;

  private final ControlState state;

  InSyncControl(ControlState state) {
    this.state = state;
  }

  Decision alter(AlterPartitionRequestData request) {
    BrokerState broker = state.image().brokers().get(request.brokerId());
    if (broker == null || broker.epoch() != request.brokerEpoch()) {
      return new Decision(
          List.of(),
          new AlterPartitionResponseData().setErrorCode(Errors.STALE_BROKER_EPOCH.code()));
    }
    List<MetadataRecord> records = new ArrayList<>();
    AlterPartitionResponseData response = new AlterPartitionResponseData();
    for (AlterPartitionRequestData.TopicData topic : request.topics()) {
      AlterPartitionResponseData.TopicData answer =
          new AlterPartitionResponseData.TopicData().setTopicId(topic.topicId());
      response.topics().add(answer);
      for (AlterPartitionRequestData.PartitionData asked : topic.partitions()) {
        answer
            .partitions()
            .add(alter(request.brokerId(), state.image().topic(topic.topicId()), asked, records));
      }
    }
    return new Decision(records, response);
  }

  private AlterPartitionResponseData.PartitionData alter(
      int broker,
      Optional<TopicState> topic,
      AlterPartitionRequestData.PartitionData asked,
      List<MetadataRecord> records) {
    AlterPartitionResponseData.PartitionData answer =
        new AlterPartitionResponseData.PartitionData().setPartitionIndex(asked.partitionIndex());
    if (topic.isEmpty()) {
      return answer.setErrorCode(Errors.UNKNOWN_TOPIC_ID.code());
    }
    List<PartitionState> partitions = topic.get().partitions();
    if (asked.partitionIndex() < 0 || asked.partitionIndex() >= partitions.size()) {
      return answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
    }
    PartitionState partition = partitions.get(asked.partitionIndex());
    Errors error = validate(broker, partition, asked);
    if (error != Errors.NONE) {
      return answer.setErrorCode(error.code());
    }
    Optional<PartitionState> next =
        PartitionElection.change(partition, ids(asked), state.terms(topic.get()));
    next.ifPresent(changed -> records.add(new PartitionChanged(topic.get().id(), changed)));
    return describe(answer, broker, next.orElse(partition));
  }

  private static AlterPartitionResponseData.PartitionData describe(
      AlterPartitionResponseData.PartitionData answer, int broker, PartitionState now) {
    if (now.leader() != broker) {
      return answer.setErrorCode(Errors.NEW_LEADER_ELECTED.code());
    }
    return answer
        .setLeaderId(now.leader())
        .setLeaderEpoch(now.leaderEpoch())
        .setIsr(now.inSyncReplicas())
        .setPartitionEpoch(now.partitionEpoch());
  }

  private Errors validate(
      int broker, PartitionState partition, AlterPartitionRequestData.PartitionData asked) {
    if (asked.leaderEpoch() > partition.leaderEpoch()
        || asked.partitionEpoch() > partition.partitionEpoch()) {
      // The leader knows more than this controller, which then can't be the active one any more.
      return Errors.NOT_CONTROLLER;
    }
    if (asked.leaderEpoch() < partition.leaderEpoch()) {
      return Errors.FENCED_LEADER_EPOCH;
    }
    if (broker != partition.leader()) {
      return Errors.INVALID_REQUEST;
    }
    if (asked.partitionEpoch() < partition.partitionEpoch()) {
      return Errors.INVALID_UPDATE_VERSION;
    }
    List<Integer> inSync = ids(asked);
    boolean wellFormed =
        partition.replicas().containsAll(inSync)
            && new LinkedHashSet<>(inSync).size() == inSync.size()
            && inSync.contains(broker);
    if (!wellFormed) {
      return Errors.INVALID_REQUEST;
    }
    return eligible(asked) ? Errors.NONE : Errors.INELIGIBLE_REPLICA;
  }

  private boolean eligible(AlterPartitionRequestData.PartitionData asked) {
    for (AlterPartitionRequestData.BrokerState member : asked.newIsrWithEpochs()) {
      BrokerState known = state.image().brokers().get(member.brokerId());
      boolean sameProcess =
          member.brokerEpoch() == ANY_EPOCH
              || known != null && known.epoch() == member.brokerEpoch();
      if (!state.active(member.brokerId()) || !sameProcess) {
        return false;
      }
    }
    return asked.newIsr().stream().allMatch(state::active);
  }

  /** Version 2 has plain ids, from 3 on they come with broker epochs. */
  private static List<Integer> ids(AlterPartitionRequestData.PartitionData asked) {
    return asked.newIsrWithEpochs().isEmpty()
        ? asked.newIsr()
        : asked.newIsrWithEpochs().stream()
            .map(AlterPartitionRequestData.BrokerState::brokerId)
            .toList();
  }
}
