package dev.trial.core.cluster;

import dev.trial.core.history.PartitionId;
import dev.trial.core.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An administrator's election of a replica outside the in-sync set. The API refuses it while a
 * leader lives (ElectionType.UNCLEAN, KIP-460), so the in-sync brokers are killed first, and
 * started again afterwards.
 */
public final class ForcedElection {
  private static final long LEADERLESS_TIMEOUT_MS = 30_000;

  private final World world;
  private final Cluster cluster;
  private final Consumer<PartitionId> request;

  /** {@code request} asks the cluster for the election, and throws if it is refused. */
  public ForcedElection(World world, Cluster cluster, Consumer<PartitionId> request) {
    this.world = world;
    this.cluster = cluster;
    this.request = request;
  }

  /** Elects; IllegalStateException if no live replica is out of sync. */
  public void elect(PartitionId partition) {
    List<Integer> inSync = cluster.inSyncReplicas(partition);
    List<Integer> candidates = new ArrayList<>(cluster.replicas(partition));
    candidates.removeAll(inSync);
    candidates.removeIf(broker -> !cluster.running(ClusterShape.brokerName(broker)));
    if (candidates.isEmpty()) {
      throw new IllegalStateException(
          "no live replica of " + partition + " is out of sync: in sync are " + inSync);
    }
    List<String> killed = killLeaders(partition, inSync);
    try {
      request.accept(partition);
    } finally {
      killed.forEach(cluster::start);
    }
  }

  private List<String> killLeaders(PartitionId partition, List<Integer> inSync) {
    List<String> killed = new ArrayList<>();
    if (cluster.leader(partition).isEmpty()) {
      return killed;
    }
    for (int broker : inSync) {
      String name = ClusterShape.brokerName(broker);
      if (cluster.running(name)) {
        cluster.kill(name);
        killed.add(name);
      }
    }
    world.await(LEADERLESS_TIMEOUT_MS, () -> cluster.leader(partition).isEmpty());
    return killed;
  }
}
