package dev.trial.broker.group.consumer;

import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Spreads partitions evenly, whatever their topics, and moves as few as it must: balance before
 * stickiness (Kafka's UniformAssignor, the default).
 */
final class UniformAssignor implements Assignor {

  @Override
  public String name() {
    return "uniform";
  }

  @Override
  public SortedMap<String, SortedSet<IdPartition>> assign(Input input) {
    return input.homogeneous()
        ? new EqualSubscriptions(input).assign()
        : new MixedSubscriptions(input).assign();
  }
}
