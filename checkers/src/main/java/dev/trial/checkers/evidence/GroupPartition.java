package dev.trial.checkers.evidence;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.List;

/** What a consumer group did with one partition. */
public final class GroupPartition {

  final String group;
  final int partition;
  final List<CommitFact> commits = new ArrayList<>();
  final List<CommittedFact> told = new ArrayList<>();
  final List<Ownership> owners = new ArrayList<>();
  final IntArrayList processed = new IntArrayList();
  final IntArrayList deliveries = new IntArrayList();
  final ValuePlaces firstDeliveries;
  long firstSeek = Long.MAX_VALUE;
  final List<Long> seeks = new ArrayList<>();

  /** {@code firstDeliveries} of all the group's partitions, by their number. */
  GroupPartition(String group, int partition, ValuePlaces firstDeliveries) {
    this.group = group;
    this.partition = partition;
    this.firstDeliveries = firstDeliveries;
  }

  public String group() {
    return group;
  }

  public int partition() {
    return partition;
  }

  /** Commits in order of completion; those that never completed stand last. */
  public List<CommitFact> commits() {
    return commits;
  }

  public List<CommittedFact> told() {
    return told;
  }

  /** Owners in order of assignment. */
  public List<Ownership> owners() {
    return owners;
  }

  /** Indexes of the process facts, in order. */
  public IntArrayList processed() {
    return processed;
  }

  /** Rows of {@link Deliveries}, in order. */
  public IntArrayList deliveries() {
    return deliveries;
  }

  /** Row of the first delivery of a value, −1 if it was never delivered. */
  public int firstDelivery(long value) {
    long row = firstDeliveries.get(partition, value);
    return row == ValuePlaces.NONE ? -1 : (int) row;
  }

  /** Row of the last delivery of an offset to a process before an index, −1 if there was none. */
  public int lastDelivery(Deliveries rows, int process, long offset, long index) {
    for (int i = deliveries.size() - 1; i >= 0; i--) {
      int row = deliveries.getInt(i);
      boolean his = rows.process(row) == process && rows.operation(row) < index;
      if (his && rows.offset(row) == offset) {
        return row;
      }
    }
    return -1;
  }

  /** True if somebody moved a position by hand between two indexes. */
  public boolean soughtBetween(long from, long to) {
    for (long seek : seeks) {
      if (seek > from && seek < to) {
        return true;
      }
    }
    return false;
  }

  /** The owner a process was at an index, null if it was none. */
  public Ownership ownerAt(int process, long index) {
    for (int i = assignedUntil(index) - 1; i >= 0; i--) {
      if (owners.get(i).process == process) {
        return owners.get(i);
      }
    }
    return null;
  }

  /** How many owners were assigned until an index; they stand in that order. */
  private int assignedUntil(long index) {
    int low = 0;
    int high = owners.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (owners.get(middle).assigned <= index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The committed offset a new owner was to start from: −1 none; {@code null} if unknown. */
  public Long committedFor(Ownership owner) {
    for (int i = toldFrom(owner.assigned); i < told.size(); i++) {
      CommittedFact each = told.get(i);
      if (each.told() > owner.released) {
        return null;
      }
      if (each.process() == owner.process) {
        return each.offset();
      }
    }
    return null;
  }

  /** Answers stand in order of the history: the first at or after an index. */
  private int toldFrom(long index) {
    int low = 0;
    int high = told.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (told.get(middle).told() < index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Offset of the last commit acknowledged before an index, −1 if there is none. */
  public long lastCommitBefore(long index) {
    long offset = -1;
    for (CommitFact each : commits) {
      if (each.outcome() == dev.trial.core.history.Stage.OK && each.completed() < index) {
        offset = each.offset();
      }
    }
    return offset;
  }
}
