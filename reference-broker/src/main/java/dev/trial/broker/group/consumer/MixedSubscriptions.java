package dev.trial.broker.group.consumer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.apache.kafka.common.Uuid;

/**
 * The uniform assignment when members subscribe to different topics: all keep what they had and
 * still subscribe to, the rest goes to the least loaded subscribers, topics with most partitions
 * per subscriber first; then partitions move from the most to the least loaded subscriber of a
 * topic while that improves the balance (Kafka's UniformHeterogeneousAssignmentBuilder).
 */
final class MixedSubscriptions {
  /** With overlapping subscriptions balance may take many rounds; Kafka ends after as many. */
  private static final int ROUNDS_MAX = 16;

  private final Assignor.Input input;
  private final SortedMap<String, SortedSet<IdPartition>> assigned;

  MixedSubscriptions(Assignor.Input input) {
    this.input = input;
    this.assigned = input.nothing();
  }

  SortedMap<String, SortedSet<IdPartition>> assign() {
    for (Assignor.Member member : input.members().values()) {
      for (IdPartition partition : member.target()) {
        if (member.topics().contains(partition.topicId())) {
          assigned.get(member.id()).add(partition);
        }
      }
    }
    List<Uuid> topics = new ArrayList<>(input.partitionCounts().keySet());
    topics.sort(
        Comparator.comparingDouble((Uuid topic) -> -partitionsPerSubscriber(topic))
            .thenComparing(topic -> subscribers(topic).size())
            .thenComparing(Comparator.naturalOrder()));
    topics.forEach(this::assignFree);
    boolean moved = true;
    for (int round = 0; moved && round < ROUNDS_MAX; round++) {
      moved = false;
      for (Uuid topic : topics) {
        moved |= balance(topic);
      }
    }
    return assigned;
  }

  private double partitionsPerSubscriber(Uuid topic) {
    return (double) input.partitionCounts().get(topic) / subscribers(topic).size();
  }

  private List<String> subscribers(Uuid topic) {
    return input.members().values().stream()
        .filter(member -> member.topics().contains(topic))
        .map(Assignor.Member::id)
        .toList();
  }

  private int load(String member) {
    return assigned.get(member).size();
  }

  private String leastLoaded(Uuid topic) {
    return subscribers(topic).stream().min(Comparator.comparingInt(this::load)).orElseThrow();
  }

  private void assignFree(Uuid topic) {
    for (int i = 0; i < input.partitionCounts().get(topic); i++) {
      IdPartition partition = new IdPartition(topic, i);
      if (assigned.values().stream().noneMatch(owned -> owned.contains(partition))) {
        assigned.get(leastLoaded(topic)).add(partition);
      }
    }
  }

  /** True if a partition moved. */
  private boolean balance(Uuid topic) {
    boolean moved = false;
    while (true) {
      String least = leastLoaded(topic);
      String most =
          subscribers(topic).stream()
              .filter(member -> last(member, topic) != null)
              .max(Comparator.comparingInt(this::load))
              .orElseThrow();
      if (load(most) - load(least) <= 1) {
        return moved;
      }
      IdPartition partition = last(most, topic);
      assigned.get(most).remove(partition);
      assigned.get(least).add(partition);
      moved = true;
    }
  }

  /** The last partition of that topic that the member has; null if it has none. */
  private IdPartition last(String member, Uuid topic) {
    SortedSet<IdPartition> ofTopic =
        assigned
            .get(member)
            .subSet(new IdPartition(topic, 0), new IdPartition(topic, Integer.MAX_VALUE));
    return ofTopic.isEmpty() ? null : ofTopic.last();
  }
}
