package dev.trial.workloads.plan;

import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A plan in the making. Parameters of the spec override those of every client of the plan. */
final class Draft {
  static final String TOPIC = "orders";

  private static final Object[] BURSTS = {"interval-ms", 160, "burst-max", 7};

  private final RunSpec spec;
  private final List<TopicSpec> topics = new ArrayList<>();
  private final List<ClientPlan> clients = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private int senders;

  Draft(RunSpec spec) {
    this.spec = spec;
  }

  /** A number of the spec's parameters. */
  int count(String name, int otherwise) {
    return (int) spec.parameters().number(name, otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    return spec.parameters().flag(name, otherwise);
  }

  /** A topic with the profile's settings, on three brokers (or all, where there are fewer). */
  Draft topic(String name, int partitions) {
    int replicas = Math.min(count("replicas", 3), spec.profile().shape().brokers());
    topics.add(new TopicSpec(name, partitions, replicas, spec.profile().topic()));
    return this;
  }

  /** {@code count} producers of that program. */
  Draft producers(int count, String program, Object... parameters) {
    for (int i = 0; i < count; i++) {
      senders++;
      Map<String, String> own = overridden(parameters);
      own.put("number", String.valueOf(senders));
      client("producer-" + senders, Kind.PRODUCER, program, own, Map.of(), sendFromMs());
    }
    return this;
  }

  /**
   * Producers whose records come in bursts, as those of most applications: batches of one record
   * and of several, to one broker or to many at once.
   */
  Draft bursty(int count, Object... parameters) {
    Object[] all = Arrays.copyOf(BURSTS, BURSTS.length + parameters.length);
    System.arraycopy(parameters, 0, all, BURSTS.length, parameters.length);
    return producers(count, Programs.SENDER, all);
  }

  /** When producers start, in milliseconds since the load began. */
  private long sendFromMs() {
    return spec.parameters().number(KnownParameters.SEND_FROM_MS, 0);
  }

  /** A producer of transactions under that transactional id. */
  Draft transactional(String transactionalId, Object... parameters) {
    senders++;
    Map<String, String> own = overridden(parameters);
    own.put("number", String.valueOf(senders));
    client(
        "producer-" + senders,
        Kind.PRODUCER,
        Programs.TRANSACTIONAL_SENDER,
        own,
        Map.of("transactional.id", transactionalId),
        sendFromMs());
    return this;
  }

  /** Kafka settings for every producer drafted so far, under what a client has already. */
  Draft producerSettings(Map<String, String> settings) {
    clients.replaceAll(
        client -> client.kind() == Kind.PRODUCER ? withSettings(client, settings) : client);
    return this;
  }

  /** A group whose coverage is judged; its members follow. */
  Draft judged(String group) {
    groups.add(group);
    return this;
  }

  /** {@code count} members {@code group}-1, … of a group. */
  Draft members(String group, int count, Object... parameters) {
    for (int i = 1; i <= count; i++) {
      member(group + "-" + i, group, 0, Map.of(), parameters);
    }
    return this;
  }

  /** One member, started {@code startAtMs} into the load, with settings of its own. */
  Draft member(
      String name,
      String group,
      long startAtMs,
      Map<String, String> settings,
      Object... parameters) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("group.id", group);
    client(name, Kind.CONSUMER, Programs.GROUP_CONSUMER, overridden(parameters), all, startAtMs);
    return this;
  }

  /** An administrator who asks what the group is. */
  Draft watcher(String group) {
    client(
        group + "-watcher",
        Kind.ADMIN,
        Programs.GROUP_WATCHER,
        overridden("group", group),
        Map.of("request.timeout.ms", "2000", "default.api.timeout.ms", "4000"),
        0);
    return this;
  }

  /** A moment of the load phase, in milliseconds since it began. */
  long atPercent(int percent) {
    return spec.loadMs() * percent / 100;
  }

  /** {@code count} members of a group that consume, transform and produce. */
  Draft transformers(String group, int count, Object... parameters) {
    for (int i = 1; i <= count; i++) {
      senders++;
      Map<String, String> own = overridden(parameters);
      own.put("number", String.valueOf(senders));
      client(
          group + "-" + i, Kind.PROCESSOR, Programs.TRANSFORMER, own, Map.of("group.id", group), 0);
    }
    return this;
  }

  /** {@code count} readers without a group. */
  Draft standalone(int count, Object... parameters) {
    for (int i = 1; i <= count; i++) {
      standalone("reader-" + i, parameters);
    }
    return this;
  }

  /** One reader without a group. */
  Draft standalone(String name, Object... parameters) {
    return standaloneWith(name, Map.of(), parameters);
  }

  /** One reader without a group, with settings of its own. */
  Draft standaloneWith(String name, Map<String, String> settings, Object... parameters) {
    client(name, Kind.CONSUMER, Programs.STANDALONE_CONSUMER, overridden(parameters), settings, 0);
    return this;
  }

  /** The plan, without the clients that the spec leaves out, and the groups that are gone by it. */
  Plan plan() {
    Set<String> without = Set.copyOf(spec.parameters().list(KnownParameters.WITHOUT));
    List<ClientPlan> left =
        clients.stream().filter(client -> !without.contains(client.name())).toList();
    List<String> judged = new ArrayList<>(groups);
    judged.removeIf(group -> members(clients, group) > 0 && members(left, group) == 0);
    return new Plan(List.copyOf(topics), left, List.copyOf(judged), Programs.FINAL_READER);
  }

  private static long members(List<ClientPlan> clients, String group) {
    return clients.stream().filter(each -> group.equals(each.settings().get("group.id"))).count();
  }

  private void client(
      String name,
      Kind kind,
      String program,
      Map<String, String> parameters,
      Map<String, String> settings,
      long startAtMs) {
    clients.add(
        new ClientPlan(name, kind, program, new Parameters(parameters), settings, startAtMs, true));
  }

  private Map<String, String> overridden(Object... parameters) {
    Map<String, String> all = new TreeMap<>(Parameters.of(parameters).values());
    all.putAll(spec.parameters().values());
    return all;
  }

  private static ClientPlan withSettings(ClientPlan client, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(client.settings());
    return new ClientPlan(
        client.name(),
        client.kind(),
        client.program(),
        client.parameters(),
        all,
        client.startAtMs(),
        client.restarts());
  }
}
