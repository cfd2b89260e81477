package dev.trial.checkers.jepsen;

import static dev.trial.checkers.jepsen.KafkaHistory.NONE;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The version order of every key: which values lie at which offsets, from every poll and from every
 * send that certainly took effect, and at which index, which is the offset with gaps closed up.
 * What a poll returned counts even where its transaction failed: consumers hand out safe data
 * whatever becomes of the transaction around them.
 *
 * <p>The rows of a key stand side by side, in order of offset. Where several values claim an
 * offset, one that somebody read stands first, and it alone is the value of that index.
 */
final class VersionOrders {
  private final KafkaHistory history;
  private final Witnesses witnesses;

  // The offset of each value, and the further ones of those that have several.
  private final long[] offsetOf;
  private final LongArrayList moreOffsets = new LongArrayList();
  private final IntArrayList moreValues = new IntArrayList();
  private final Set<Place> morePlaces = new HashSet<>();

  private final int[] starts;
  private long[] offsets;
  private int[] values;
  private int[] indexes;
  private final int[] indexOf;
  private final int[] firstIndex;
  private final int[] lastIndex;

  /** A value at an offset; looked up, never iterated. */
  private record Place(int value, long offset) {}

  VersionOrders(KafkaHistory history, Witnesses witnesses) {
    this.history = history;
    this.witnesses = witnesses;
    int count = history.values.size();
    offsetOf = none(count);
    indexOf = noIndex(count);
    firstIndex = noIndex(count);
    lastIndex = noIndex(count);
    starts = new int[history.keys.size() + 1];
    for (int operation = 0; operation < history.size(); operation++) {
      if (history.completes(operation)) {
        add(operation);
      }
    }
    arrange();
    for (int key = 0; key < history.keys.size(); key++) {
      sort(key);
      number(key);
    }
  }

  private static long[] none(int size) {
    long[] all = new long[size];
    Arrays.fill(all, NONE);
    return all;
  }

  private static int[] noIndex(int size) {
    int[] all = new int[size];
    Arrays.fill(all, NONE);
    return all;
  }

  // ---- building

  private void add(int operation) {
    boolean committed = witnesses.mustHaveCommitted(operation);
    for (int at = history.begin(operation); at < history.end(operation); at++) {
      byte kind = history.kind(at);
      boolean counts = kind == KafkaHistory.READ || (committed && kind == KafkaHistory.SENT);
      if (counts && history.offset(at) != NONE) {
        place(history.value(at), history.offset(at));
      }
    }
  }

  private void place(int value, long offset) {
    if (offsetOf[value] == NONE) {
      offsetOf[value] = offset;
    } else if (offsetOf[value] != offset && morePlaces.add(new Place(value, offset))) {
      moreValues.add(value);
      moreOffsets.add(offset);
    }
  }

  /** Rows key by key, in the order in which values were first met. */
  private void arrange() {
    for (int value = 0; value < offsetOf.length; value++) {
      if (offsetOf[value] != NONE) {
        starts[history.values.key(value) + 1]++;
      }
    }
    for (int value : moreValues) {
      starts[history.values.key(value) + 1]++;
    }
    for (int key = 0; key < history.keys.size(); key++) {
      starts[key + 1] += starts[key];
    }
    offsets = new long[starts[history.keys.size()]];
    values = new int[offsets.length];
    indexes = new int[offsets.length];
    int[] next = starts.clone();
    for (int value = 0; value < offsetOf.length; value++) {
      if (offsetOf[value] != NONE) {
        row(next, value, offsetOf[value]);
      }
    }
    for (int more = 0; more < moreValues.size(); more++) {
      row(next, moreValues.getInt(more), moreOffsets.getLong(more));
    }
  }

  private void row(int[] next, int value, long offset) {
    int row = next[history.values.key(value)]++;
    offsets[row] = offset;
    values[row] = value;
  }

  private void sort(int key) {
    int from = starts[key];
    int to = starts[key + 1];
    for (int row = from + 1; row < to; row++) {
      if (offsets[row - 1] >= offsets[row]) {
        it.unimi.dsi.fastutil.Arrays.quickSort(from, to, this::compare, this::swap);
        return;
      }
    }
  }

  private int compare(int one, int other) {
    if (offsets[one] != offsets[other]) {
      return Long.compare(offsets[one], offsets[other]);
    }
    long oneNumber = history.values.number(values[one]);
    long otherNumber = history.values.number(values[other]);
    return oneNumber == otherNumber
        ? Integer.compare(values[one], values[other])
        : ClojureOrder.compare(oneNumber, otherNumber);
  }

  private void swap(int one, int other) {
    long offset = offsets[one];
    offsets[one] = offsets[other];
    offsets[other] = offset;
    int value = values[one];
    values[one] = values[other];
    values[other] = value;
  }

  private void number(int key) {
    int index = NONE;
    for (int row = starts[key]; row < starts[key + 1]; row++) {
      boolean first = row == starts[key] || offsets[row] != offsets[row - 1];
      int value = values[row];
      if (first) {
        index++;
        indexOf[value] = index;
      }
      indexes[row] = index;
      firstIndex[value] = firstIndex[value] == NONE ? index : firstIndex[value];
      lastIndex[value] = index;
    }
  }

  // ---- asking

  /** The first row of a key; the last of the key before is one less. */
  int start(int key) {
    return starts[key];
  }

  int end(int key) {
    return starts[key + 1];
  }

  int rows() {
    return offsets.length;
  }

  long offset(int row) {
    return offsets[row];
  }

  int value(int row) {
    return values[row];
  }

  int index(int row) {
    return indexes[row];
  }

  /** The index a value is the value of, the last if it is at several; NONE if at none. */
  int indexOf(int value) {
    return indexOf[value];
  }

  /** The first index a value was seen at. */
  int firstIndex(int value) {
    return firstIndex[value];
  }

  /** The last index a value was seen at. */
  int lastIndex(int value) {
    return lastIndex[value];
  }

  /**
   * The offset at which a value lies, that of its index if it has one; NONE if nobody said where.
   */
  long offsetOf(int value) {
    int index = indexOf[value];
    return index == NONE ? offsetOf[value] : offsets[rowOfIndex(history.values.key(value), index)];
  }

  /** The row of the value that an index of a key stands for. */
  int rowOfIndex(int key, int index) {
    int low = starts[key];
    int high = starts[key + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (indexes[middle] < index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
