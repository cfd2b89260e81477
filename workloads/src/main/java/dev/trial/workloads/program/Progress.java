package dev.trial.workloads.program;

import dev.trial.core.history.Delivered;
import dev.trial.core.history.PartitionId;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which records handed to workers are not finished: all before the lowest of a partition may be
 * committed.
 */
final class Progress {
  private final Map<PartitionId, TreeSet<Long>> unfinished = new TreeMap<>();
  private final Map<PartitionId, Long> next = new TreeMap<>();

  synchronized void begun(Delivered record) {
    unfinished.computeIfAbsent(record.partition(), id -> new TreeSet<>()).add(record.offset());
    next.merge(record.partition(), record.offset() + 1, Math::max);
  }

  synchronized void finished(Delivered record) {
    TreeSet<Long> offsets = unfinished.get(record.partition());
    if (offsets != null) {
      offsets.remove(record.offset());
    }
  }

  /** The next offset to read of each partition, if all before it must be finished. */
  synchronized Map<PartitionId, Long> committable() {
    Map<PartitionId, Long> offsets = new TreeMap<>(next);
    unfinished.forEach(
        (id, open) -> {
          if (!open.isEmpty()) {
            offsets.put(id, open.first());
          }
        });
    return offsets;
  }

  /** The partitions are others' now. */
  synchronized void forget(Collection<PartitionId> partitions) {
    unfinished.keySet().removeAll(partitions);
    next.keySet().removeAll(partitions);
  }
}
