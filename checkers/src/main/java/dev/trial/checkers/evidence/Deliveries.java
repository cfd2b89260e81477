package dev.trial.checkers.evidence;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.Arrays;

/**
 * Every record handed out by a poll, in order, as columns. Plain arrays, as checkers ask for every
 * row, and most of a first judgement runs before the compiler has seen to what lists add.
 */
public final class Deliveries {
  private int size;
  private int[] operation = new int[16];
  private int[] process = new int[16];
  private int[] partition = new int[16];
  private long[] offset = new long[16];
  private long[] value = new long[16];
  private String[] key = new String[16];

  /** By row; few have one. */
  private final Int2ObjectOpenHashMap<String> defects = new Int2ObjectOpenHashMap<>();

  void add(
      long operation,
      int process,
      int partition,
      long offset,
      long value,
      String key,
      String defect) {
    if (size == this.operation.length) {
      grow();
    }
    if (defect != null) {
      defects.put(size, defect);
    }
    this.operation[size] = (int) operation;
    this.process[size] = process;
    this.partition[size] = partition;
    this.offset[size] = offset;
    this.value[size] = value;
    this.key[size] = key;
    size++;
  }

  private void grow() {
    int length = (int) Math.min(Integer.MAX_VALUE - 8, size + (long) (size >> 1));
    operation = Arrays.copyOf(operation, length);
    process = Arrays.copyOf(process, length);
    partition = Arrays.copyOf(partition, length);
    offset = Arrays.copyOf(offset, length);
    value = Arrays.copyOf(value, length);
    key = Arrays.copyOf(key, length);
  }

  public int size() {
    return size;
  }

  /** Index of the poll in the history. */
  public int operation(int row) {
    return operation[row];
  }

  public int process(int row) {
    return process[row];
  }

  public int partition(int row) {
    return partition[row];
  }

  public long offset(int row) {
    return offset[row];
  }

  public long value(int row) {
    return value[row];
  }

  public String key(int row) {
    return key[row];
  }

  public String defect(int row) {
    return defects.isEmpty() ? null : defects.get(row);
  }
}
