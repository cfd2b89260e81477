package dev.trial.nemesis;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.fault.Fault;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.Links;
import dev.trial.core.fault.WallClocks;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Three brokers and three controllers that keep one line per call. The leader is the first in-sync
 * replica that runs; replicas are 1, 2, 3 in sync unless told otherwise.
 */
final class FakeCluster implements Cluster, ClientFaults, Links {
  private final Consumer<String> log;
  final Set<String> down = new TreeSet<>();
  final Set<String> paused = new TreeSet<>();
  final Set<String> open = new TreeSet<>();
  List<Integer> inSync = new ArrayList<>(List.of(1, 2, 3));

  /** Why it cannot slow links down; null if it can. */
  String unable;

  int controller = 101;
  String failing = "";

  FakeCluster(Consumer<String> log) {
    this.log = log;
  }

  private void call(String line) {
    if (!failing.isEmpty() && line.startsWith(failing)) {
      throw new IllegalStateException("cannot " + line);
    }
    log.accept(line);
  }

  @Override
  public ClusterShape shape() {
    return ClusterShape.THREE;
  }

  @Override
  public void start() {}

  @Override
  public String bootstrapServers() {
    return "broker-1:9092";
  }

  @Override
  public void createTopics(List<TopicSpec> topics) {}

  @Override
  public OptionalInt leader(PartitionId partition) {
    return inSync.stream()
        .filter(id -> running("broker-" + id))
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  @Override
  public List<Integer> replicas(PartitionId partition) {
    return List.of(1, 2, 3);
  }

  @Override
  public List<Integer> inSyncReplicas(PartitionId partition) {
    return inSync;
  }

  @Override
  public OptionalInt activeController() {
    return controller < 0 ? OptionalInt.empty() : OptionalInt.of(controller);
  }

  @Override
  public OptionalInt groupCoordinator(String group) {
    return group.equals("g") ? OptionalInt.of(2) : OptionalInt.empty();
  }

  @Override
  public OptionalInt transactionCoordinator(String transactionalId) {
    return OptionalInt.of(3);
  }

  @Override
  public boolean healthy() {
    return down.isEmpty() && paused.isEmpty();
  }

  @Override
  public void kill(String party) {
    call("kill " + party);
    down.add(party);
    paused.remove(party);
  }

  @Override
  public void stop(String party) {
    call("stop " + party);
    down.add(party);
  }

  @Override
  public void restart(String client) {
    start(client);
  }

  @Override
  public void losePower(String node) {
    call("lose-power " + node);
    down.add(node);
    paused.remove(node);
  }

  @Override
  public void pause(String party) {
    call("pause " + party);
    paused.add(party);
  }

  @Override
  public void resume(String party) {
    call("resume " + party);
    paused.remove(party);
  }

  @Override
  public void start(String node) {
    call("start " + node);
    down.remove(node);
  }

  @Override
  public boolean running(String party) {
    return !down.contains(party);
  }

  @Override
  public List<String> names() {
    return List.of("producer-0", "consumer-0");
  }

  @Override
  public void electUncleanly(PartitionId partition) {
    call("elect " + partition);
  }

  @Override
  public void administer(Fault.Administrative task) {
    call("administer " + task.kind().id());
  }

  @Override
  public void damageDisk(String node, Fault.OfDisk fault) {
    call("damage " + node + " " + fault.kind().id());
    boolean ends = fault.kind() != FaultKind.BIT_FLIP && fault.kind() != FaultKind.SLOW_DISK;
    if (ends) {
      down.add(node);
      paused.remove(node);
    }
  }

  @Override
  public void healDisk(String node) {
    call("heal disk of " + node);
  }

  @Override
  public Links links() {
    return this;
  }

  @Override
  public WallClocks clocks() {
    return new WallClocks() {
      @Override
      public void shift(String id, Collection<String> parties, long offsetMs) {
        call("shift clocks of " + parties + " by " + offsetMs);
      }

      @Override
      public void drift(String id, Collection<String> parties, long ppm) {
        call("drift clocks of " + parties + " by " + ppm);
      }

      @Override
      public void heal(String id) {
        call("set clocks right");
      }

      @Override
      public void healAll() {
        call("set all clocks right");
      }
    };
  }

  @Override
  public Optional<String> refusal(FaultKind fault) {
    return Optional.empty();
  }

  @Override
  public List<ReplicaLog> dump(List<PartitionId> partitions) {
    return List.of();
  }

  @Override
  public void close() {}

  @Override
  public void cut(String id, Collection<String> from, Collection<String> to) {
    call("cut " + from + " -> " + to);
    open.add(id);
  }

  @Override
  public void delay(
      String id, Collection<String> one, Collection<String> other, long delayMs, long jitterMs) {
    if (unable != null) {
      throw new UnsupportedOperationException(unable);
    }
    call("delay " + one + " - " + other + " " + delayMs + "+" + jitterMs);
    open.add(id);
  }

  @Override
  public void freeze(
      String id, Collection<String> clients, Collection<String> machines, int bufferBytes) {
    call("freeze " + clients + " - " + machines + " " + bufferBytes);
    open.add(id);
  }

  @Override
  public void reset(Collection<String> one, Collection<String> other) {
    call("reset " + one + " - " + other);
  }

  @Override
  public void interfere(String id, Collection<String> machines, Interference interference) {
    call("interfere " + machines + " " + interference);
    open.add(id);
  }

  @Override
  public void heal(String id) {
    call("heal");
    open.remove(id);
  }

  @Override
  public void healAll() {
    call("heal all");
    open.clear();
  }
}
