package dev.trial.broker.group;

import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Offsets committed in transactions that have not ended, by producer (KIP-98). Of several commits
 * for a partition the one that is last in the log counts, whichever transaction ends last.
 */
final class PendingOffsets {
  private final SortedMap<Long, SortedMap<Target, Pending>> byProducer = new TreeMap<>();
  private long records;

  /** What an offset is for. */
  private record Target(String group, PartitionId partition) implements Comparable<Target> {
    @Override
    public int compareTo(Target other) {
      int byGroup = group.compareTo(other.group);
      return byGroup != 0 ? byGroup : partition.compareTo(other.partition);
    }
  }

  private static final class Pending {
    private final StateRecord.Offset record;
    private final long order;
    private boolean overtaken;

    Pending(StateRecord.Offset record, long order) {
      this.record = record;
      this.order = order;
    }
  }

  private static Target target(StateRecord.Offset record) {
    return new Target(record.group(), record.partition());
  }

  void add(long producerId, StateRecord.Offset record) {
    byProducer
        .computeIfAbsent(producerId, id -> new TreeMap<>())
        .put(target(record), new Pending(record, records++));
  }

  /** A commit outside of transactions is in the log; a tombstone takes pending ones with it. */
  void overtaken(StateRecord.Offset record) {
    if (byProducer.isEmpty()) {
      return;
    }
    Target target = target(record);
    if (record.value() == null) {
      byProducer.values().forEach(offsets -> offsets.remove(target));
      byProducer.values().removeIf(Map::isEmpty);
    } else {
      overtakeBefore(target, Long.MAX_VALUE);
    }
  }

  private void overtakeBefore(Target target, long order) {
    for (SortedMap<Target, Pending> offsets : byProducer.values()) {
      Pending older = offsets.get(target);
      if (older != null && older.order < order) {
        older.overtaken = true;
      }
    }
  }

  /** Ends the producer's transaction; gives what becomes valid by it. */
  List<StateRecord.Offset> end(long producerId, boolean committed) {
    SortedMap<Target, Pending> ended = byProducer.remove(producerId);
    List<StateRecord.Offset> valid = new ArrayList<>();
    if (ended != null && committed) {
      ended.forEach(
          (target, pending) -> {
            if (!pending.overtaken) {
              valid.add(pending.record);
              overtakeBefore(target, pending.order);
            }
          });
    }
    return valid;
  }

  /** True while the group's offset of that partition may still change by a transaction. */
  boolean open(String group, PartitionId partition) {
    if (byProducer.isEmpty()) {
      return false;
    }
    Target target = new Target(group, partition);
    return byProducer.values().stream().anyMatch(offsets -> offsets.containsKey(target));
  }

  /** Partitions for which the group has such offsets. */
  List<PartitionId> open(String group) {
    SortedMap<PartitionId, Boolean> found = new TreeMap<>();
    for (SortedMap<Target, Pending> offsets : byProducer.values()) {
      for (Target target : offsets.keySet()) {
        if (target.group().equals(group)) {
          found.put(target.partition(), true);
        }
      }
    }
    return new ArrayList<>(found.keySet());
  }
}
