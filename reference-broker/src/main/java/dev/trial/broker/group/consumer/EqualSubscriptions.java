package dev.trial.broker.group.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The uniform assignment when all members subscribe to the same topics: each member keeps what it
 * had up to its quota, the rest goes to those below theirs (Kafka's
 * UniformHomogeneousAssignmentBuilder).
 */
final class EqualSubscriptions {
  private final Assignor.Input input;
  private final SortedMap<String, SortedSet<IdPartition>> assigned;
  private final SortedMap<String, Integer> room = new TreeMap<>();
  private final SortedSet<IdPartition> seen = new TreeSet<>();
  private final List<IdPartition> free = new ArrayList<>();

  EqualSubscriptions(Assignor.Input input) {
    this.input = input;
    this.assigned = input.nothing();
  }

  SortedMap<String, SortedSet<IdPartition>> assign() {
    int total = collectFree();
    keepUpToQuota(total);
    int next = 0;
    for (Map.Entry<String, Integer> entry : room.entrySet()) {
      for (int i = 0; i < entry.getValue() && next < free.size(); i++) {
        assigned.get(entry.getKey()).add(free.get(next++));
      }
    }
    if (next < free.size()) {
      throw new IllegalStateException(free.size() - next + " partitions were left unassigned");
    }
    return assigned;
  }

  /** Collects what nobody had; gives the number of all partitions. */
  private int collectFree() {
    SortedSet<IdPartition> held = new TreeSet<>();
    input.members().values().forEach(member -> held.addAll(member.target()));
    int total = 0;
    for (var topic : input.partitionCounts().entrySet()) {
      total += topic.getValue();
      for (int i = 0; i < topic.getValue(); i++) {
        IdPartition partition = new IdPartition(topic.getKey(), i);
        if (!held.contains(partition)) {
          free.add(partition);
        }
      }
    }
    return total;
  }

  private void keepUpToQuota(int total) {
    int count = input.members().size();
    int extras = total % count;
    int rest = count;
    for (Assignor.Member member : input.members().values()) {
      boolean mayHaveExtra = extras > 0;
      int quota = total / count + (mayHaveExtra ? 1 : 0);
      quota -= keep(member, quota);
      // One below the larger quota leaves it to another, unless only those are left who must
      // take one.
      if (quota > 0 && mayHaveExtra && rest > extras) {
        quota--;
        mayHaveExtra = false;
      }
      if (quota > 0) {
        room.put(member.id(), quota);
      }
      if (mayHaveExtra) {
        extras--;
      }
      rest--;
    }
  }

  /** What is beyond the quota becomes free; gives how many the member keeps. */
  private int keep(Assignor.Member member, int quota) {
    int kept = 0;
    for (IdPartition partition : member.target()) {
      // What two members were to own, as no correct coordinator has it, one of them keeps.
      boolean counts =
          input.partitionCounts().containsKey(partition.topicId()) && seen.add(partition);
      if (!counts) {
        continue;
      }
      if (kept < quota) {
        assigned.get(member.id()).add(partition);
        kept++;
      } else {
        free.add(partition);
      }
    }
    return kept;
  }
}
