package dev.trial.checkers.evidence;

import dev.trial.core.history.Delivered;
import it.unimi.dsi.fastutil.longs.Long2LongAVLTreeMap;
import it.unimi.dsi.fastutil.longs.Long2LongMap;
import java.util.Arrays;

/**
 * What lies at which offset, in order. Offsets mostly come in order, and are then appended; those
 * that do not wait in a tree until {@link #settle}.
 */
final class OffsetOrder {
  private long[] offsets = new long[16];
  private long[] values = new long[16];
  private int size;
  private int last;
  private final Long2LongAVLTreeMap late = new Long2LongAVLTreeMap();

  OffsetOrder() {
    late.defaultReturnValue(Delivered.NO_VALUE);
  }

  /** Puts a value at an offset, in place of whatever was there. */
  void put(long offset, long value) {
    int row = row(offset);
    if (row >= 0) {
      values[row] = value;
    } else if (size == 0 || offset > offsets[size - 1]) {
      append(offset, value);
    } else {
      late.put(offset, value);
    }
  }

  void putIfAbsent(long offset, long value) {
    if (row(offset) < 0 && (late.isEmpty() || !late.containsKey(offset))) {
      put(offset, value);
    }
  }

  private void append(long offset, long value) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    offsets[size] = offset;
    values[size++] = value;
  }

  /** Where an appended offset stands, negative if it does not; the next one is found at once. */
  private int row(long offset) {
    if (size == 0 || offset > offsets[size - 1]) {
      return -1;
    }
    if (last + 1 < size && offsets[last + 1] == offset) {
      return ++last;
    }
    int found = Arrays.binarySearch(offsets, 0, size, offset);
    last = Math.max(found, 0);
    return found;
  }

  /** Nothing more comes: all stand in order. */
  void settle() {
    if (!late.isEmpty()) {
      merge();
    }
    offsets = Arrays.copyOf(offsets, size);
    values = Arrays.copyOf(values, size);
  }

  /** An offset appended is never late as well, so no two are equal. */
  private void merge() {
    long[] appendedOffsets = Arrays.copyOf(offsets, size);
    long[] appendedValues = Arrays.copyOf(values, size);
    int from = 0;
    size = 0;
    for (Long2LongMap.Entry each : late.long2LongEntrySet()) {
      for (; from < appendedOffsets.length && appendedOffsets[from] < each.getLongKey(); from++) {
        append(appendedOffsets[from], appendedValues[from]);
      }
      append(each.getLongKey(), each.getLongValue());
    }
    for (; from < appendedOffsets.length; from++) {
      append(appendedOffsets[from], appendedValues[from]);
    }
    late.clear();
  }

  int size() {
    return size + late.size();
  }

  /** The offsets, once settled. */
  long[] offsets() {
    return offsets;
  }

  long[] values() {
    return values;
  }
}
