package dev.trial.live.kafka;

import dev.trial.core.history.Action.Leadership;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import dev.trial.live.kafka.MetadataRecords.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.internal.Record;

/**
 * The partitions as committed metadata has them; each change goes to the history.
 *
 * <p>A change of leader raises the leader epoch by one (PartitionRegistration.merge). Who is
 * elected from neither the in-sync nor the eligible replicas is it by a configured unclean election
 * where the topic allows that, else as the last known leader (KIP-966). The leader recovery state
 * does not tell: it is written only where it was not RECOVERING before
 * (PartitionChangeBuilder.tryElection).
 */
final class MetadataView {
  private final Recorder recorder;
  private final Predicate<String> uncleanAllowed;
  private final Map<Uuid, String> names = new TreeMap<>();
  private final Map<PartitionId, PartitionView> partitions = new TreeMap<>();
  private final Map<Integer, Integer> registrations = new TreeMap<>();
  private final Set<Integer> fenced = new TreeSet<>();
  private final Map<String, Integer> features = new TreeMap<>();
  private OptionalInt activeController = OptionalInt.empty();

  /** {@code uncleanAllowed} says it of a topic by name. */
  MetadataView(Recorder recorder, Predicate<String> uncleanAllowed) {
    this.recorder = recorder;
    this.uncleanAllowed = uncleanAllowed;
  }

  synchronized Optional<PartitionView> partition(PartitionId id) {
    return Optional.ofNullable(partitions.get(id));
  }

  /** How many partitions a topic has; 0 if there is none. */
  synchronized int partitionsOf(String topic) {
    return (int) partitions.keySet().stream().filter(id -> id.topic().equals(topic)).count();
  }

  /** True when the broker's last incarnation, the {@code starts}-th of all, may serve. */
  synchronized boolean serves(int broker, int starts) {
    return registrations.getOrDefault(broker, 0) >= starts && !fenced.contains(broker);
  }

  /** True when the cluster has settled on a level of the feature. */
  synchronized boolean has(String feature) {
    return features.getOrDefault(feature, 0) > 0;
  }

  synchronized OptionalInt activeController() {
    return activeController;
  }

  synchronized void elected(int controller) {
    activeController = OptionalInt.of(controller);
  }

  /** True when every partition has a leader and a full in-sync set. */
  synchronized boolean full() {
    return partitions.values().stream().allMatch(PartitionView::full);
  }

  /** Takes the next committed record of the metadata log. */
  void apply(Record committed) {
    Change change = MetadataRecords.read(committed.value());
    if (change != null) {
      apply(change);
    }
  }

  private synchronized void apply(Change change) {
    if (change instanceof Change.Registered registered) {
      registrations.merge(registered.broker(), 1, Integer::sum);
      fenced.add(registered.broker());
    } else if (change instanceof Change.Fencing fencing) {
      if (fencing.fenced()) {
        fenced.add(fencing.broker());
      } else {
        fenced.remove(fencing.broker());
      }
    } else if (change instanceof Change.Feature feature) {
      features.put(feature.name(), feature.level());
    } else if (change instanceof Change.Topic topic) {
      names.put(topic.id(), topic.name());
    } else if (change instanceof Change.Gone gone) {
      String name = names.remove(gone.id());
      partitions.keySet().removeIf(id -> id.topic().equals(name));
    } else if (change instanceof Change.Created created) {
      PartitionId id = new PartitionId(names.get(created.topic()), created.partition());
      set(
          id,
          new PartitionView(
              created.replicas(), created.isr(), List.of(), created.leader(), created.epoch()),
          Election.FIRST);
    } else if (change instanceof Change.Changed changed) {
      changed(changed);
    }
  }

  private void changed(Change.Changed change) {
    PartitionId id = new PartitionId(names.get(change.topic()), change.partition());
    PartitionView before = partitions.get(id);
    if (before == null) {
      return;
    }
    List<Integer> isr = change.isr() == null ? before.isr() : change.isr();
    List<Integer> eligible = change.eligible() == null ? before.eligible() : change.eligible();
    List<Integer> replicas = change.replicas() == null ? before.replicas() : change.replicas();
    boolean elected = change.leader() != null;
    int leader = elected ? change.leader() : before.leader();
    int epoch = before.leaderEpoch() + (elected ? 1 : 0);
    set(
        id,
        new PartitionView(replicas, isr, eligible, leader, epoch),
        election(id, before, change));
  }

  private Election election(PartitionId id, PartitionView before, Change.Changed change) {
    if (change.leader() == null || change.leader() == before.leader()) {
      return Election.SAME;
    }
    if (change.leader() < 0) {
      return Election.LEADERLESS;
    }
    if (before.eligible().contains(change.leader())) {
      return Election.ELIGIBLE;
    }
    if (!before.isr().contains(change.leader())) {
      return uncleanAllowed.test(id.topic()) ? Election.UNCLEAN : Election.LAST_KNOWN;
    }
    return change.leader().equals(before.replicas().get(0)) ? Election.PREFERRED : Election.CLEAN;
  }

  private void set(PartitionId id, PartitionView now, Election election) {
    partitions.put(id, now);
    recorder.fact(
        Operation.HARNESS,
        new Leadership(id, now.leader(), now.leaderEpoch(), now.isr(), election));
  }
}
