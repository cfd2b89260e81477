package dev.trial.checkers.evidence;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.List;

/** Every record handed out by a poll, in order, as columns. */
public final class Deliveries {

  private final IntArrayList operation = new IntArrayList();
  private final IntArrayList process = new IntArrayList();
  private final IntArrayList partition = new IntArrayList();
  private final LongArrayList offset = new LongArrayList();
  private final LongArrayList value = new LongArrayList();
  private final List<String> keys = new ArrayList<>();
  private final List<String> defects = new ArrayList<>();

  void add(
      long operation,
      int process,
      int partition,
      long offset,
      long value,
      String key,
      String defect) {
    this.operation.add((int) operation);
    this.process.add(process);
    this.partition.add(partition);
    this.offset.add(offset);
    this.value.add(value);
    keys.add(key);
    defects.add(defect);
  }

  public int size() {
    return operation.size();
  }

  /** Index of the poll in the history. */
  public int operation(int row) {
    return operation.getInt(row);
  }

  public int process(int row) {
    return process.getInt(row);
  }

  public int partition(int row) {
    return partition.getInt(row);
  }

  public long offset(int row) {
    return offset.getLong(row);
  }

  public long value(int row) {
    return value.getLong(row);
  }

  public String key(int row) {
    return keys.get(row);
  }

  public String defect(int row) {
    return defects.get(row);
  }
}
