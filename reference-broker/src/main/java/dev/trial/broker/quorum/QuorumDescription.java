package dev.trial.broker.quorum;

import dev.trial.core.world.Network.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.kafka.common.message.DescribeQuorumRequestData;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.Listener;
import org.apache.kafka.common.message.DescribeQuorumResponseData.Node;
import org.apache.kafka.common.message.DescribeQuorumResponseData.PartitionData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.ReplicaState;
import org.apache.kafka.common.message.DescribeQuorumResponseData.TopicData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeQuorumRequest;
import org.apache.kafka.common.requests.DescribeQuorumResponse;

/**
 * What a leader of the metadata quorum tells of its replicas (KIP-595, KIP-836, KIP-853), by the
 * rules of KafkaRaftClient and LeaderState. Nodes have no directory ids here, as in a quorum of
 * kraft.version 0.
 */
final class QuorumDescription {

  /** An observer that was silent for so long is forgotten. */
  private static final long OBSERVER_SESSION_MS = 300_000;

  private static final int NODES_SINCE = 2;
  private static final String LISTENER = "CONTROLLER";

  private final List<Integer> voters;
  private final IntFunction<Optional<Address>> addresses;
  private Map<Integer, FetchProgress> replicas = new TreeMap<>();

  QuorumDescription(List<Integer> voters, IntFunction<Optional<Address>> addresses) {
    this.voters = voters;
    this.addresses = addresses;
  }

  /** Forgets everything: what a former leader knew is of no use to the next. */
  void reset() {
    replicas = new TreeMap<>();
  }

  void fetched(int replica, long offset, long leaderEnd, long nowMs) {
    if (replica >= 0) { // others are no replicas
      replicas
          .computeIfAbsent(replica, id -> new FetchProgress())
          .fetched(offset, leaderEnd, nowMs);
    }
  }

  /** The answer of a node that does not lead, or to a question about another topic. */
  static DescribeQuorumResponseData refused(DescribeQuorumRequestData request) {
    return about(request)
        ? DescribeQuorumResponse.singletonErrorResponse(
            QuorumMessages.PARTITION, Errors.NOT_LEADER_OR_FOLLOWER)
        : DescribeQuorumRequest.getPartitionLevelErrorResponse(
            request, Errors.UNKNOWN_TOPIC_OR_PARTITION);
  }

  /** True if the request asks for the metadata partition and nothing else. */
  static boolean about(DescribeQuorumRequestData request) {
    return request.topics().size() == 1
        && request.topics().get(0).topicName().equals(QuorumMessages.PARTITION.topic())
        && request.topics().get(0).partitions().size() == 1
        && request.topics().get(0).partitions().get(0).partitionIndex()
            == QuorumMessages.PARTITION.partition();
  }

  /**
   * The leader's answer.
   *
   * @param highWatermark −1 while nothing of the leader's own epoch is committed
   */
  DescribeQuorumResponseData answer(
      short version, int leader, int epoch, long highWatermark, long leaderEnd, long nowMs) {
    PartitionData partition =
        new PartitionData()
            .setPartitionIndex(QuorumMessages.PARTITION.partition())
            .setLeaderId(leader)
            .setLeaderEpoch(epoch)
            .setHighWatermark(highWatermark);
    replicas
        .entrySet()
        .removeIf(
            each ->
                !voters.contains(each.getKey())
                    && nowMs - each.getValue().fetchMs() >= OBSERVER_SESSION_MS);
    for (int voter : voters) {
      ReplicaState state = state(voter);
      if (voter == leader) {
        state
            .setLogEndOffset(leaderEnd)
            .setLastFetchTimestamp(nowMs)
            .setLastCaughtUpTimestamp(nowMs);
      }
      partition.currentVoters().add(state);
    }
    replicas.keySet().stream()
        .filter(id -> !voters.contains(id))
        .forEach(id -> partition.observers().add(state(id)));
    DescribeQuorumResponseData response =
        new DescribeQuorumResponseData()
            .setTopics(
                List.of(
                    new TopicData()
                        .setTopicName(QuorumMessages.PARTITION.topic())
                        .setPartitions(new ArrayList<>(List.of(partition)))));
    if (version >= NODES_SINCE) {
      voters.forEach(voter -> response.nodes().add(node(voter)));
    }
    return response;
  }

  private ReplicaState state(int id) {
    FetchProgress progress = replicas.getOrDefault(id, new FetchProgress());
    return new ReplicaState()
        .setReplicaId(id)
        .setLogEndOffset(progress.endOffset())
        .setLastFetchTimestamp(progress.fetchMs())
        .setLastCaughtUpTimestamp(progress.caughtUpMs());
  }

  private Node node(int voter) {
    Node node = new Node().setNodeId(voter);
    addresses
        .apply(voter)
        .ifPresent(
            address ->
                node.listeners()
                    .add(
                        new Listener()
                            .setName(LISTENER)
                            .setHost(address.host())
                            .setPort(address.port())));
    return node;
  }
}
