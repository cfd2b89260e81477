package dev.trial.checkers.evidence;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;

/** What a consumer group did, by the number of the partition. */
final class GroupTable {
  private final String name;
  private final ValuePlaces firstDeliveries = new ValuePlaces(0);
  private final TreeMap<Integer, GroupPartition> inOrder = new TreeMap<>();
  private GroupPartition[] byNumber = new GroupPartition[8];

  GroupTable(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** The group's partition of that number, which is made when it is first asked for. */
  GroupPartition partition(int number) {
    if (number >= byNumber.length) {
      byNumber = Arrays.copyOf(byNumber, Math.max(number + 1, byNumber.length * 2));
    }
    if (byNumber[number] == null) {
      byNumber[number] = new GroupPartition(name, number, firstDeliveries);
      inOrder.put(number, byNumber[number]);
    }
    return byNumber[number];
  }

  /** By number. */
  Collection<GroupPartition> partitions() {
    return inOrder.values();
  }
}
