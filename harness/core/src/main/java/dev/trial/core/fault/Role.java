package dev.trial.core.fault;

/** Whom a fault hits. Resolved to nodes or clients when the fault starts, and recorded then. */
public sealed interface Role {

  /** The partition's leader. */
  record Leader(String topic, int partition) implements Role {}

  /**
   * The partition's leader once it is the only in-sync replica; until then nobody. A fault for it
   * waits for that, as long as the driver has patience: how fast a set shrinks is up to the
   * machine.
   */
  record LoneLeader(String topic, int partition) implements Role {}

  /** A follower of the partition, in or out of the in-sync replicas. */
  record Follower(String topic, int partition, boolean inSync) implements Role {}

  /** All followers of the partition. */
  record Followers(String topic, int partition) implements Role {}

  /** The active controller. */
  record Controller() implements Role {}

  /** The broker that coordinates a consumer group. */
  record GroupCoordinator(String group) implements Role {}

  /** The broker that coordinates a transactional id. */
  record TransactionCoordinator(String transactionalId) implements Role {}

  /** One broker by id. */
  record Broker(int id) implements Role {}

  /** Every broker. */
  record AllBrokers() implements Role {}

  /** The in-sync replicas of the partition. */
  record InSyncReplicas(String topic, int partition) implements Role {}

  /** One client process by name. */
  record Client(String name) implements Role {}

  /** Every client process. */
  record AllClients() implements Role {}
}
