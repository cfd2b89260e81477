package dev.trial.checkers.append;

import java.util.Arrays;

/**
 * One step of a transaction. In a history of registers an append sets the register, and what is
 * read has one value or none. Keys are numbers of names in {@link AppendHistory#keys()}.
 */
public sealed interface MicroOp {

  /** The list it is about. */
  int key();

  /** Put a value at the end of a list; a value is appended to a list once in a history. */
  record Append(int key, long value) implements MicroOp {}

  /**
   * Read a whole list.
   *
   * @param list what was seen, empty if there was no list; null where that is not known
   */
  record Read(int key, long[] list) implements MicroOp {
    @Override
    public boolean equals(Object other) {
      return other instanceof Read read && key == read.key && Arrays.equals(list, read.list);
    }

    @Override
    public int hashCode() {
      return 31 * key + Arrays.hashCode(list);
    }

    @Override
    public String toString() {
      return "Read[key=" + key + ", list=" + Arrays.toString(list) + "]";
    }
  }
}
