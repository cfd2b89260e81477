package dev.trial.broker.group.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.world.RandomStream;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class AssignorTest {

  /** A group of random members that had a random part of what there is. */
  private static Assignor.Input random(long seed, boolean equalSubscriptions) {
    RandomStream random = new RandomStream(seed);
    SortedMap<Uuid, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      counts.put(new Uuid(i, i), 1 + random.nextInt(7));
    }
    SortedMap<String, Assignor.Member> members = new TreeMap<>();
    SortedSet<IdPartition> taken = new TreeSet<>();
    SortedSet<Uuid> subscribed = new TreeSet<>();
    for (int i = 0; i < 1 + random.nextInt(6); i++) {
      SortedSet<Uuid> topics = new TreeSet<>();
      counts.keySet().stream()
          .filter(topic -> equalSubscriptions || random.chance(0.6))
          .forEach(topics::add);
      subscribed.addAll(topics);
      SortedSet<IdPartition> target = new TreeSet<>();
      counts.forEach(
          (topic, count) -> {
            for (int p = 0; p < count; p++) {
              IdPartition partition = new IdPartition(topic, p);
              if (random.chance(0.3) && taken.add(partition)) {
                target.add(partition);
              }
            }
          });
      String instance = random.chance(0.3) ? "i" + random.nextInt(100) + "-" + i : null;
      members.put("m" + i, new Assignor.Member("m" + i, instance, topics, target));
    }
    counts.keySet().retainAll(subscribed);
    return new Assignor.Input(members, counts);
  }

  private static void everyPartitionHasOneSubscriber(
      Assignor.Input input, SortedMap<String, SortedSet<IdPartition>> assigned) {
    SortedSet<IdPartition> seen = new TreeSet<>();
    assigned.forEach(
        (member, partitions) ->
            partitions.forEach(
                partition -> {
                  assertTrue(seen.add(partition), partition + " twice");
                  assertTrue(input.members().get(member).topics().contains(partition.topicId()));
                }));
    int all = input.partitionCounts().values().stream().mapToInt(Integer::intValue).sum();
    assertEquals(all, seen.size());
  }

  private static int spread(SortedMap<String, SortedSet<IdPartition>> assigned) {
    int most = assigned.values().stream().mapToInt(SortedSet::size).max().orElse(0);
    return most - assigned.values().stream().mapToInt(SortedSet::size).min().orElse(0);
  }

  @Property
  void bothAssignEverythingOnce(@ForAll long seed, @ForAll boolean equalSubscriptions) {
    Assignor.Input input = random(seed, equalSubscriptions);
    everyPartitionHasOneSubscriber(input, new UniformAssignor().assign(input));
    everyPartitionHasOneSubscriber(input, new RangeAssignor().assign(input));
  }

  @Property
  void uniformIsBalancedAndMovesNoMoreThanItMust(@ForAll long seed) {
    Assignor.Input input = random(seed, true);
    SortedMap<String, SortedSet<IdPartition>> assigned = new UniformAssignor().assign(input);
    assertTrue(spread(assigned) <= 1, assigned.toString());
    int all = input.partitionCounts().values().stream().mapToInt(Integer::intValue).sum();
    int least = all / input.members().size();
    input
        .members()
        .forEach(
            (id, member) -> {
              SortedSet<IdPartition> lost = new TreeSet<>(member.target());
              lost.removeAll(assigned.get(id));
              boolean below = assigned.get(id).size() < least;
              assertTrue(!below, id + " is below its quota");
              SortedSet<IdPartition> won = new TreeSet<>(assigned.get(id));
              won.removeAll(member.target());
              assertTrue(lost.isEmpty() || won.isEmpty(), id + " swaps " + lost + " for " + won);
            });
  }

  @Property
  void whatIsAssignedStaysAssigned(@ForAll long seed, @ForAll boolean equalSubscriptions) {
    Assignor.Input input = random(seed, equalSubscriptions);
    SortedMap<String, SortedSet<IdPartition>> first = new UniformAssignor().assign(input);
    SortedMap<String, Assignor.Member> members = new TreeMap<>();
    input
        .members()
        .forEach(
            (id, member) ->
                members.put(
                    id,
                    new Assignor.Member(id, member.instanceId(), member.topics(), first.get(id))));
    Assignor.Input again = new Assignor.Input(members, input.partitionCounts());
    assertEquals(first, new UniformAssignor().assign(again));
  }

  @Test
  void rangesFollowInstanceIdsThenMemberIds() {
    Uuid topic = new Uuid(1, 1);
    SortedSet<Uuid> topics = new TreeSet<>(java.util.List.of(topic));
    SortedMap<String, Assignor.Member> members = new TreeMap<>();
    members.put("a", new Assignor.Member("a", null, topics, new TreeSet<>()));
    members.put("b", new Assignor.Member("b", "z", topics, new TreeSet<>()));
    members.put("c", new Assignor.Member("c", "y", topics, new TreeSet<>()));
    SortedMap<Uuid, Integer> counts = new TreeMap<>();
    counts.put(topic, 7);
    SortedMap<String, SortedSet<IdPartition>> assigned =
        new RangeAssignor().assign(new Assignor.Input(members, counts));
    assertEquals(new IdPartition(topic, 0), assigned.get("c").first());
    assertEquals(3, assigned.get("c").size());
    assertEquals(new IdPartition(topic, 3), assigned.get("b").first());
    assertEquals(new IdPartition(topic, 5), assigned.get("a").first());
  }
}
