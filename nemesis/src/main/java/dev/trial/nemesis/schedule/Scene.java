package dev.trial.nemesis.schedule;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.PartitionId;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Workload;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a generator may know: who takes part, and the times after which Kafka reacts. A schedule
 * that must wait for a condition (a follower has left the in-sync replicas) waits for such a time
 * and a margin, since a schedule is plain data.
 *
 * @param loadMs length of the load phase
 * @param partitions partitions under test
 * @param producers names of clients that produce
 * @param consumers names of clients that consume (processors included)
 * @param families faults that the target can suffer; the swarm uses no other, a named schedule is
 *     refused
 */
public record Scene(
    long loadMs,
    ClusterShape shape,
    List<PartitionId> partitions,
    List<String> producers,
    List<String> consumers,
    List<String> groups,
    List<String> transactionalIds,
    Set<FaultKind> families,
    Timing timing) {

  /**
   * Settings that say how fast the cluster and its clients react, in milliseconds.
   *
   * @param lagMaxMs replica.lag.time.max.ms
   * @param brokerSessionMs broker.session.timeout.ms: after it a dead broker is fenced
   * @param memberSessionMs session timeout of group members, by the group protocol in use
   * @param requestMs request.timeout.ms of the producer
   * @param deliveryMs delivery.timeout.ms of the producer
   * @param transactionMs transaction.timeout.ms of the producer
   */
  public record Timing(
      long lagMaxMs,
      long brokerSessionMs,
      long memberSessionMs,
      long requestMs,
      long deliveryMs,
      long transactionMs) {

    /** A follower that stopped fetching has surely left the in-sync replicas after this time. */
    public long shrunkAfterMs() {
      // The leader looks every lag/2 (KIP-16), and needs a round trip to the controller.
      return lagMaxMs * 3 / 2 + 1_000;
    }

    /** A dead or isolated broker has surely been fenced, and another leads, after this time. */
    public long failedOverAfterMs() {
      return brokerSessionMs * 3 / 2 + 1_000;
    }
  }

  public Scene {
    partitions = List.copyOf(partitions);
    producers = List.copyOf(producers);
    consumers = List.copyOf(consumers);
    groups = List.copyOf(groups);
    transactionalIds = List.copyOf(transactionalIds);
    families = EnumSet.copyOf(families);
    if (partitions.isEmpty()) {
      throw new IllegalArgumentException("a scene needs a partition");
    }
  }

  /** The scene of a workload's plan under a profile; Kafka's defaults where it is silent. */
  public static Scene of(
      Profile profile, Workload.Plan plan, long loadMs, Set<FaultKind> families) {
    List<PartitionId> partitions = new ArrayList<>();
    for (TopicSpec topic : plan.topics()) {
      for (int i = 0; i < topic.partitions(); i++) {
        partitions.add(new PartitionId(topic.name(), i));
      }
    }
    return new Scene(
        loadMs,
        profile.shape(),
        partitions,
        names(plan, Start.Kind.PRODUCER, Start.Kind.PROCESSOR),
        names(plan, Start.Kind.CONSUMER, Start.Kind.PROCESSOR),
        plan.groups(),
        transactionalIds(plan),
        families,
        timing(profile));
  }

  /** This scene with fewer families. */
  public Scene only(Set<FaultKind> allowed) {
    Set<FaultKind> both = EnumSet.copyOf(families);
    both.retainAll(allowed);
    return new Scene(
        loadMs, shape, partitions, producers, consumers, groups, transactionalIds, both, timing);
  }

  /** Producers, then consumers, each name once. */
  public List<String> clients() {
    List<String> all = new ArrayList<>(producers);
    consumers.stream().filter(name -> !all.contains(name)).forEach(all::add);
    return all;
  }

  private static List<String> names(Workload.Plan plan, Start.Kind one, Start.Kind other) {
    return plan.clients().stream()
        .filter(client -> client.kind() == one || client.kind() == other)
        .map(ClientPlan::name)
        .toList();
  }

  private static List<String> transactionalIds(Workload.Plan plan) {
    return plan.clients().stream()
        .map(Scene::transactionalId)
        .filter(id -> id != null)
        .distinct()
        .toList();
  }

  /** A processor's settings are its consumer's; its producer takes the client's name. */
  private static String transactionalId(ClientPlan client) {
    boolean transforms =
        client.kind() == Start.Kind.PROCESSOR && client.parameters().flag("transactional", false);
    return transforms ? client.name() : client.settings().get("transactional.id");
  }

  private static Timing timing(Profile profile) {
    long classic = number(profile.consumer(), "session.timeout.ms", 45_000);
    boolean serverSide = "consumer".equals(profile.consumer().get("group.protocol"));
    return new Timing(
        number(profile.broker(), "replica.lag.time.max.ms", 30_000),
        number(profile.broker(), "broker.session.timeout.ms", 9_000),
        serverSide
            ? number(profile.broker(), "group.consumer.session.timeout.ms", 45_000)
            : classic,
        number(profile.producer(), "request.timeout.ms", 30_000),
        number(profile.producer(), "delivery.timeout.ms", 120_000),
        number(profile.producer(), "transaction.timeout.ms", 60_000));
  }

  private static long number(Map<String, String> settings, String name, long otherwise) {
    String text = settings.get(name);
    return text == null ? otherwise : Long.parseLong(text.trim());
  }
}
