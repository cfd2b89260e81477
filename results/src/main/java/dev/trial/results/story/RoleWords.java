package dev.trial.results.story;

import dev.trial.core.fault.Role;
import java.util.List;

/** Whom a fault hits, as the subject of a sentence. */
final class RoleWords {

  private RoleWords() {}

  /** With the names of those that were hit, where the role does not say them. */
  static String of(Role role, List<String> hit) {
    if (role instanceof Role.Client client) {
      return client.name();
    }
    String names = String.join(", ", hit);
    return names.isEmpty() ? of(role) : of(role) + " (" + names + ")";
  }

  private static String of(Role role) {
    if (role instanceof Role.Leader leader) {
      return "the leader of " + leader.topic() + "-" + leader.partition();
    }
    if (role instanceof Role.LoneLeader leader) {
      return "the leader of " + leader.topic() + "-" + leader.partition() + ", alone in sync,";
    }
    if (role instanceof Role.Follower follower) {
      return (follower.inSync() ? "a follower of " : "a follower out of sync of ")
          + follower.topic()
          + "-"
          + follower.partition();
    }
    if (role instanceof Role.Followers followers) {
      return "each follower of " + followers.topic() + "-" + followers.partition();
    }
    if (role instanceof Role.InSyncReplicas replicas) {
      return "each in-sync replica of " + replicas.topic() + "-" + replicas.partition();
    }
    return ofNodes(role);
  }

  private static String ofNodes(Role role) {
    if (role instanceof Role.GroupCoordinator coordinator) {
      return "the coordinator of group " + coordinator.group();
    }
    if (role instanceof Role.TransactionCoordinator coordinator) {
      return "the coordinator of transactions of " + coordinator.transactionalId();
    }
    if (role instanceof Role.Broker broker) {
      return "broker " + broker.id();
    }
    if (role instanceof Role.Controller) {
      return "the active controller";
    }
    return role instanceof Role.AllBrokers ? "each broker" : "each client";
  }
}
