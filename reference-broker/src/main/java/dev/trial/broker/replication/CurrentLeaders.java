package dev.trial.broker.replication;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.core.history.PartitionId;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceResponseData;

/**
 * Tells who leads instead, so that a client need not ask for metadata (KIP-951; in Fetch answers
 * the epoch already since KIP-595). Older versions have no room for it, and writing it would fail.
 * The rack belongs to the address: a consumer takes a broker with another rack for another node,
 * and has two fetches at one broker, whose answers it cannot tell apart and drops.
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
    BrokerState leader = alive(context, state.leader());
    if (leader != null && response.nodeEndpoints().find(leader.id()) == null) {
      response
          .nodeEndpoints()
          .add(
              new ProduceResponseData.NodeEndpoint()
                  .setNodeId(leader.id())
                  .setHost(leader.host())
                  .setPort(leader.port())
                  .setRack(leader.rack()));
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
    BrokerState leader = alive(context, state.leader());
    boolean told = leader == null || response.nodeEndpoints().find(leader.id()) != null;
    if (!told && version >= FETCH_ENDPOINTS) {
      response
          .nodeEndpoints()
          .add(
              new FetchResponseData.NodeEndpoint()
                  .setNodeId(leader.id())
                  .setHost(leader.host())
                  .setPort(leader.port())
                  .setRack(leader.rack()));
    }
  }

  /** As getAliveBrokerNode: a fenced broker has no address to tell. */
  private static BrokerState alive(ReplicaContext context, int broker) {
    BrokerState state = context.image().brokers().get(broker);
    return state == null || state.fenced() ? null : state;
  }

  private static PartitionState state(ReplicaContext context, PartitionId id) {
    return context.image() == null ? null : context.image().partition(id).orElse(null);
  }
}
