package dev.trial.broker.replication;

import dev.trial.broker.wire.Peers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.AlterPartitionResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * Carries proposed in-sync sets to the active controller: one AlterPartition at a time, with all
 * that is pending, until each proposal is answered (KIP-497, KIP-903).
 */
final class IsrNegotiation {
  private static final long RETRY_MS = 50;

  private final ReplicaContext context;
  private final Peers peers;
  private final IntSupplier activeController;
  private final Map<LocalPartition, InSyncSet> pending = new LinkedHashMap<>();
  private boolean busy;

  IsrNegotiation(ReplicaContext context, Peers peers, IntSupplier activeController) {
    this.context = context;
    this.peers = peers;
    this.activeController = activeController;
  }

  /** Proposes; a newer proposal of the same partition replaces an older one. */
  void submit(LocalPartition partition, InSyncSet proposal) {
    pending.put(partition, proposal);
    if (!busy) {
      busy = true;
      context.host.timers().after(0, this::send);
    }
  }

  private void send() {
    pending.entrySet().removeIf(entry -> entry.getKey().inSync() != entry.getValue());
    if (pending.isEmpty()) {
      busy = false;
      return;
    }
    int controller = activeController.getAsInt();
    if (controller < 0) {
      retryLater();
      return;
    }
    Map<LocalPartition, InSyncSet> sent = new LinkedHashMap<>(pending);
    long timeoutMs = context.settings.requestTimeoutMs();
    peers.call(controller, request(sent), timeoutMs, new Answer(sent));
  }

  private void retryLater() {
    context.host.timers().after(RETRY_MS, this::send);
  }

  private AlterPartitionRequestData request(Map<LocalPartition, InSyncSet> sent) {
    Map<Uuid, AlterPartitionRequestData.TopicData> topics = new TreeMap<>();
    sent.forEach(
        (partition, proposal) ->
            topics
                .computeIfAbsent(
                    partition.topicId,
                    topic -> new AlterPartitionRequestData.TopicData().setTopicId(topic))
                .partitions()
                .add(partitionData(partition, proposal)));
    return new AlterPartitionRequestData()
        .setBrokerId(context.brokerId)
        .setBrokerEpoch(context.brokerEpoch.getAsLong())
        .setTopics(new ArrayList<>(topics.values()));
  }

  private AlterPartitionRequestData.PartitionData partitionData(
      LocalPartition partition, InSyncSet proposal) {
    List<AlterPartitionRequestData.BrokerState> members = new ArrayList<>();
    for (int broker : proposal.proposed()) {
      members.add(
          new AlterPartitionRequestData.BrokerState()
              .setBrokerId(broker)
              .setBrokerEpoch(epochOf(partition, broker)));
    }
    return new AlterPartitionRequestData.PartitionData()
        .setPartitionIndex(partition.id.partition())
        .setLeaderEpoch(partition.leaderEpoch())
        .setPartitionEpoch(partition.partitionEpoch())
        .setNewIsrWithEpochs(members);
  }

  private long epochOf(LocalPartition partition, int broker) {
    if (broker == context.brokerId) {
      return context.brokerEpoch.getAsLong();
    }
    RemoteReplica remote = partition.remote(broker);
    return remote == null ? RemoteReplica.UNKNOWN : remote.brokerEpoch();
  }

  private final class Answer implements Peers.Reply {
    private final Map<LocalPartition, InSyncSet> sent;

    Answer(Map<LocalPartition, InSyncSet> sent) {
      this.sent = sent;
    }

    @Override
    public void answered(ApiMessage response) {
      AlterPartitionResponseData data = (AlterPartitionResponseData) response;
      if (data.errorCode() != Errors.NONE.code()) {
        retryLater(); // not the controller, or the broker epoch is about to change
        return;
      }
      sent.forEach(pending::remove);
      busy = false;
      sent.forEach((partition, proposal) -> tell(partition, proposal, data));
      if (!pending.isEmpty() && !busy) {
        busy = true;
        retryLater();
      }
    }

    @Override
    public void failed(String why) {
      retryLater();
    }

    private void tell(
        LocalPartition partition, InSyncSet proposal, AlterPartitionResponseData data) {
      for (AlterPartitionResponseData.TopicData topic : data.topics()) {
        for (AlterPartitionResponseData.PartitionData answer : topic.partitions()) {
          if (topic.topicId().equals(partition.topicId)
              && answer.partitionIndex() == partition.id.partition()) {
            Errors error = Errors.forCode(answer.errorCode());
            partition.alterPartitionAnswered(proposal, error, answer);
            return;
          }
        }
      }
      submit(partition, proposal);
    }
  }
}
