package dev.trial.broker.group.consumer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.apache.kafka.common.Uuid;

/**
 * Gives each subscriber of a topic a range of its partitions; subscribers in the order of instance
 * ids, then member ids, so that topics of equal size are co-partitioned (Kafka's RangeAssignor).
 */
final class RangeAssignor implements Assignor {
  private static final Comparator<Member> ORDER =
      Comparator.comparing(Member::instanceId, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Member::id);

  @Override
  public String name() {
    return "range";
  }

  @Override
  public SortedMap<String, SortedSet<IdPartition>> assign(Input input) {
    SortedMap<String, SortedSet<IdPartition>> assigned = input.nothing();
    List<Member> ordered = new ArrayList<>(input.members().values());
    ordered.sort(ORDER);
    input
        .partitionCounts()
        .forEach(
            (topic, partitions) -> {
              List<Member> subscribers =
                  ordered.stream().filter(member -> member.topics().contains(topic)).toList();
              spread(topic, partitions, subscribers, assigned);
            });
    return assigned;
  }

  private static void spread(
      Uuid topic,
      int partitions,
      List<Member> subscribers,
      SortedMap<String, SortedSet<IdPartition>> assigned) {
    int next = 0;
    for (int i = 0; i < subscribers.size(); i++) {
      boolean extra = i < partitions % subscribers.size();
      int end = next + partitions / subscribers.size() + (extra ? 1 : 0);
      for (; next < end; next++) {
        assigned.get(subscribers.get(i).id()).add(new IdPartition(topic, next));
      }
    }
  }
}
