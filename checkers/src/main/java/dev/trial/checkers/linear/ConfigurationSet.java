package dev.trial.checkers.linear;

import java.util.Arrays;

/**
 * The operations taken now, and every (operations taken, state) met before. A set of operations is
 * kept as the words of its bits from the first operation not taken on: operations are taken nearly
 * in the order of their calls, so that is a word or two however long the history is.
 */
final class ConfigurationSet {
  private static final int BITS = 6;
  private static final double LOAD = 0.6;

  private final long[] taken;
  private final int words;
  private int fullWords;
  private int lastWord = -1;
  private long hash;

  private int[] table = new int[1 << 10];
  private long[] hashes = new long[1 << 9];
  private int[] states = new int[1 << 9];
  private int[] from = new int[1 << 9];
  private int[] lengths = new int[1 << 9];
  private int[] offsets = new int[1 << 9];
  private long[] arena = new long[1 << 10];
  private int arenaSize;
  private int size;

  ConfigurationSet(int operations) {
    this.words = (operations + 63) >> BITS;
    this.taken = new long[words + 1];
  }

  int size() {
    return size;
  }

  void take(int operation) {
    int word = operation >> BITS;
    taken[word] |= 1L << operation;
    hash ^= mixed(operation);
    lastWord = Math.max(lastWord, word);
    while (fullWords < words && taken[fullWords] == -1L) {
      fullWords++;
    }
  }

  void putBack(int operation) {
    int word = operation >> BITS;
    taken[word] &= ~(1L << operation);
    hash ^= mixed(operation);
    fullWords = Math.min(fullWords, word);
    while (lastWord >= 0 && taken[lastWord] == 0) {
      lastWord--;
    }
  }

  /** Remembers what is taken now with that state; false if it was met before. */
  boolean add(int state) {
    long key = hash ^ mixed(~state);
    int mask = table.length - 1;
    int slot = (int) (key ^ key >>> 32) & mask;
    while (table[slot] != 0) {
      if (same(table[slot] - 1, key, state)) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    store(key, state);
    table[slot] = size;
    if (size > LOAD * table.length) {
      rehash();
    }
    return true;
  }

  private boolean same(int entry, long key, int state) {
    int length = Math.max(0, lastWord + 1 - fullWords);
    return hashes[entry] == key
        && states[entry] == state
        && from[entry] == fullWords
        && lengths[entry] == length
        && Arrays.equals(
            arena, offsets[entry], offsets[entry] + length, taken, fullWords, fullWords + length);
  }

  private void store(long key, int state) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      states = Arrays.copyOf(states, 2 * size);
      from = Arrays.copyOf(from, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
      offsets = Arrays.copyOf(offsets, 2 * size);
    }
    int length = Math.max(0, lastWord + 1 - fullWords);
    if (arenaSize + length > arena.length) {
      arena = Arrays.copyOf(arena, Math.max(2 * arena.length, arenaSize + length));
    }
    System.arraycopy(taken, fullWords, arena, arenaSize, length);
    hashes[size] = key;
    states[size] = state;
    from[size] = fullWords;
    lengths[size] = length;
    offsets[size] = arenaSize;
    arenaSize += length;
    size++;
  }

  private void rehash() {
    table = new int[2 * table.length];
    int mask = table.length - 1;
    for (int entry = 0; entry < size; entry++) {
      long key = hashes[entry];
      int slot = (int) (key ^ key >>> 32) & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = entry + 1;
    }
  }

  /** Steele, Lea and Flood's mixer (SplitMix64): one well spread number for each operation. */
  private static long mixed(long number) {
    long mix = (number + 1) * 0x9E3779B97F4A7C15L;
    mix = (mix ^ mix >>> 30) * 0xBF58476D1CE4E5B9L;
    mix = (mix ^ mix >>> 27) * 0x94D049BB133111EBL;
    return mix ^ mix >>> 31;
  }
}
