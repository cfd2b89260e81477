package dev.trial.checkers.evidence;

import java.util.Arrays;

/** The row of an offset in a column of ascending offsets. */
final class OffsetRows {
  private static final int SPARSE = 4;

  private final long[] offsets;

  /** Where offsets are close together: the row of the first one from {@code offsets[0] + i} on. */
  private final int[] rows;

  OffsetRows(long[] offsets) {
    this.offsets = offsets;
    this.rows = rows(offsets);
  }

  private static int[] rows(long[] offsets) {
    int size = offsets.length;
    long span = size == 0 ? 0 : offsets[size - 1] - offsets[0] + 1;
    if (span <= 0 || span == size || span > SPARSE * (long) size) {
      return new int[0];
    }
    int[] rows = new int[(int) Math.min(span, Integer.MAX_VALUE - 8)];
    int row = 0;
    for (int i = 0; i < rows.length; i++) {
      row += offsets[row] < offsets[0] + i ? 1 : 0;
      rows[i] = row;
    }
    return rows;
  }

  /** First row whose offset is at least this; the number of rows if there is none. */
  int from(long offset) {
    int size = offsets.length;
    if (size == 0 || offset <= offsets[0]) {
      return 0;
    }
    if (offset > offsets[size - 1]) {
      return size;
    }
    if (offsets[size - 1] - offsets[0] == size - 1) {
      return (int) (offset - offsets[0]);
    }
    if (rows.length > 0) {
      return rows[(int) (offset - offsets[0])];
    }
    int found = Arrays.binarySearch(offsets, offset);
    return found >= 0 ? found : -found - 1;
  }

  /** The row of an offset, −1 where there is none. */
  int of(long offset) {
    int row = from(offset);
    return row < offsets.length && offsets[row] == offset ? row : -1;
  }
}
