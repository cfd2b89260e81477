package dev.trial.broker.replication;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.core.history.PartitionId;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceResponseData;

/**
 * Tells who leads instead, so that a client need not ask for metadata (KIP-951; in Fetch answers
 * the epoch already since KIP-595). Older versions have no room for it, and writing it would fail.
 */
final class CurrentLeaders {
  private static final short PRODUCE_LEADER = 10;
  private static final short FETCH_LEADER = 12;
  private static final short FETCH_ENDPOINTS = 16;

  private CurrentLeaders() {}

  static void tell(
      ReplicaContext context,
      PartitionId id,
      ProduceResponseData.PartitionProduceResponse answer,
      ProduceResponseData response,
      short version) {
    PartitionState state = version < PRODUCE_LEADER ? null : state(context, id);
    if (state == null) {
      return;
    }
    answer.currentLeader().setLeaderId(state.leader()).setLeaderEpoch(state.leaderEpoch());
    BrokerState leader = context.image().brokers().get(state.leader());
    if (leader != null && response.nodeEndpoints().find(leader.id()) == null) {
      response
          .nodeEndpoints()
          .add(
              new ProduceResponseData.NodeEndpoint()
                  .setNodeId(leader.id())
                  .setHost(leader.host())
                  .setPort(leader.port()));
    }
  }

  static void tell(
      ReplicaContext context,
      PartitionId id,
      FetchResponseData.PartitionData answer,
      FetchResponseData response,
      short version) {
    PartitionState state = version < FETCH_LEADER ? null : state(context, id);
    if (state == null) {
      return;
    }
    answer.currentLeader().setLeaderId(state.leader()).setLeaderEpoch(state.leaderEpoch());
    BrokerState leader = context.image().brokers().get(state.leader());
    boolean told = leader == null || response.nodeEndpoints().find(leader.id()) != null;
    if (!told && version >= FETCH_ENDPOINTS) {
      response
          .nodeEndpoints()
          .add(
              new FetchResponseData.NodeEndpoint()
                  .setNodeId(leader.id())
                  .setHost(leader.host())
                  .setPort(leader.port()));
    }
  }

  private static PartitionState state(ReplicaContext context, PartitionId id) {
    return context.image() == null ? null : context.image().partition(id).orElse(null);
  }
}
