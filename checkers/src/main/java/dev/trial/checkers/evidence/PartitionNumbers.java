package dev.trial.checkers.evidence;

import dev.trial.core.history.PartitionId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the number of a partition while a history is read, which asks for each record and mostly
 * for the same few topics: those are looked up in an array.
 */
final class PartitionNumbers {
  private static final int NEAR_MAX = 1 << 16;
  private static final int[] NONE = {};

  private final Evidence evidence;

  /** By topic: number + 1 of each partition, 0 where it is not known. Never iterated. */
  private final Map<String, int[]> topics = new HashMap<>();

  private String topic = "";
  private int[] near = NONE;

  PartitionNumbers(Evidence evidence) {
    this.evidence = evidence;
  }

  /** The number of a partition, which is given one when it is first asked for. */
  int of(PartitionId id) {
    return of(id.topic(), id.partition());
  }

  int of(String name, int partition) {
    if (!name.equals(topic)) {
      topic = name;
      near = topics.getOrDefault(name, NONE);
    }
    if (partition >= 0 && partition < near.length && near[partition] > 0) {
      return near[partition] - 1;
    }
    int number = evidence.number(new PartitionId(name, partition));
    remember(partition, number);
    return number;
  }

  private void remember(int partition, int number) {
    if (partition < 0 || partition >= NEAR_MAX) {
      return;
    }
    if (partition >= near.length) {
      near = Arrays.copyOf(near, Math.max(partition + 1, near.length * 2));
      topics.put(topic, near);
    }
    near[partition] = number + 1;
  }
}
