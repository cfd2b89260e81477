package dev.trial.nemesis;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.fault.Role;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Whom a role stands for at this moment. An empty answer means nobody. */
final class RoleResolver {
  private final Cluster cluster;
  private final Parties parties;

  RoleResolver(Cluster cluster, Parties parties) {
    this.cluster = cluster;
    this.parties = parties;
  }

  List<String> resolve(Role role) {
    if (role instanceof Role.Leader leader) {
      return broker(cluster.leader(new PartitionId(leader.topic(), leader.partition())));
    } else if (role instanceof Role.LoneLeader leader) {
      return loneLeader(new PartitionId(leader.topic(), leader.partition()));
    } else if (role instanceof Role.Follower follower) {
      return follower(follower);
    } else if (role instanceof Role.Followers all) {
      return brokers(followers(new PartitionId(all.topic(), all.partition())));
    } else if (role instanceof Role.InSyncReplicas isr) {
      return brokers(cluster.inSyncReplicas(new PartitionId(isr.topic(), isr.partition())));
    } else if (role instanceof Role.Controller) {
      OptionalInt id = cluster.activeController();
      return id.isPresent() ? List.of(ClusterShape.controllerName(id.getAsInt())) : List.of();
    } else if (role instanceof Role.GroupCoordinator coordinator) {
      return broker(cluster.groupCoordinator(coordinator.group()));
    } else if (role instanceof Role.TransactionCoordinator coordinator) {
      return broker(cluster.transactionCoordinator(coordinator.transactionalId()));
    } else if (role instanceof Role.Broker broker) {
      String name = ClusterShape.brokerName(broker.id());
      return parties.isBroker(name) ? List.of(name) : List.of();
    } else if (role instanceof Role.AllBrokers) {
      return parties.brokers();
    } else if (role instanceof Role.Client client) {
      return parties.clients().contains(client.name()) ? List.of(client.name()) : List.of();
    } else if (role instanceof Role.AllClients) {
      return parties.clients();
    }
    throw new IllegalStateException("unknown role " + role);
  }

  /** The first replica, in assignment order, that an unclean election could choose. */
  List<String> uncleanCandidate(PartitionId partition) {
    List<Integer> inSync = cluster.inSyncReplicas(partition);
    for (String replica : brokers(cluster.replicas(partition))) {
      if (cluster.running(replica) && !brokers(inSync).contains(replica)) {
        return List.of(replica);
      }
    }
    return List.of();
  }

  private List<String> loneLeader(PartitionId partition) {
    OptionalInt leader = cluster.leader(partition);
    List<Integer> inSync = cluster.inSyncReplicas(partition);
    boolean alone = leader.isPresent() && inSync.equals(List.of(leader.getAsInt()));
    return alone ? broker(leader) : List.of();
  }

  /** The first such follower that runs, in assignment order; else the first at all. */
  private List<String> follower(Role.Follower role) {
    PartitionId partition = new PartitionId(role.topic(), role.partition());
    List<Integer> inSync = cluster.inSyncReplicas(partition);
    List<Integer> fitting = new ArrayList<>(followers(partition));
    fitting.removeIf(id -> inSync.contains(id) != role.inSync());
    List<String> names = brokers(fitting);
    return names.stream()
        .filter(cluster::running)
        .findFirst()
        .or(() -> names.stream().findFirst())
        .map(List::of)
        .orElse(List.of());
  }

  private List<Integer> followers(PartitionId partition) {
    OptionalInt leader = cluster.leader(partition);
    List<Integer> followers = new ArrayList<>(cluster.replicas(partition));
    followers.removeIf(id -> leader.isPresent() && leader.getAsInt() == id);
    return followers;
  }

  private static List<String> broker(OptionalInt id) {
    return id.isPresent() ? List.of(ClusterShape.brokerName(id.getAsInt())) : List.of();
  }

  private static List<String> brokers(List<Integer> ids) {
    return ids.stream().map(ClusterShape::brokerName).toList();
  }
}
