package dev.trial.live.kafka;

import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.fault.Fault;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The administrator's part of a fault schedule, by the Admin API; each waits for its effect. */
final class TopicAdministration {
  private static final long AGREED_MS = 30_000;

  private final World world;
  private final KafkaAdmin admin;
  private final MetadataView view;
  private final List<Integer> brokers;
  private final Map<String, TopicSpec> topics;

  /** {@code topics} says how each topic under test was made. */
  TopicAdministration(
      World world,
      KafkaAdmin admin,
      MetadataView view,
      List<Integer> brokers,
      Map<String, TopicSpec> topics) {
    this.world = world;
    this.admin = admin;
    this.view = view;
    this.brokers = brokers;
    this.topics = topics;
  }

  void carryOut(Fault.Administrative task) {
    if (task instanceof Fault.PartitionIncrease increase) {
      addPartitions(increase);
    } else if (task instanceof Fault.RecordDeletion deletion) {
      admin.deleteOldHalf(new PartitionId(deletion.topic(), deletion.partition()));
    } else if (task instanceof Fault.TopicRecreation again) {
      recreate(made(again.topic()));
    } else if (task instanceof Fault.PreferredElection election) {
      admin.electPreferred(new PartitionId(election.topic(), election.partition()));
    } else if (task instanceof Fault.Reassignment moved) {
      reassign(new PartitionId(moved.topic(), moved.partition()));
    } else {
      throw new IllegalStateException("no way to " + task);
    }
  }

  private void addPartitions(Fault.PartitionIncrease increase) {
    int total = view.partitionsOf(increase.topic()) + increase.count();
    admin.addPartitions(increase.topic(), total);
    await(increase, () -> view.partitionsOf(increase.topic()) >= total);
  }

  /** The new topic has another id; nothing but the name says that it is the same. */
  private void recreate(TopicSpec made) {
    int partitions = view.partitionsOf(made.name());
    admin.deleteTopic(made.name());
    await(made, () -> view.partitionsOf(made.name()) == 0);
    TopicSpec again =
        new TopicSpec(made.name(), partitions, made.replicationFactor(), made.configs());
    admin.createTopics(List.of(again));
    await(again, () -> view.partitionsOf(made.name()) == partitions);
  }

  private void reassign(PartitionId id) {
    List<Integer> replicas =
        view.partition(id)
            .map(PartitionView::replicas)
            .orElseThrow(() -> new IllegalStateException("there is no partition " + id));
    admin.reassign(id, target(replicas));
  }

  /** As {@link Fault.Reassignment} says. */
  private List<Integer> target(List<Integer> replicas) {
    List<Integer> target = new ArrayList<>(replicas);
    int first = target.remove(0); // often the leader
    target.add(
        brokers.stream().filter(broker -> !replicas.contains(broker)).findFirst().orElse(first));
    return target;
  }

  private TopicSpec made(String topic) {
    TopicSpec made = topics.get(topic);
    if (made == null) {
      throw new IllegalStateException("there is no topic " + topic);
    }
    return made;
  }

  private void await(Object what, BooleanSupplier effect) {
    if (!world.await(AGREED_MS, effect)) {
      throw new IllegalStateException(
          "the controller agreed to " + what + ", but " + AGREED_MS + " ms later it is not so");
    }
  }
}
