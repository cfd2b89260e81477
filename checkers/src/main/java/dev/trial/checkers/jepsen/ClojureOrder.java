package dev.trial.checkers.jepsen;

/**
 * The order in which Clojure walks through a set of whole numbers: by their Murmur3 hash (as
 * clojure.lang.Murmur3 takes it of a long), five bits at a time from the lowest, as its hash trie
 * branches.
 *
 * <p>Where several values claim one offset, Jepsen's checker keeps the first of them in this order
 * and judges polls by it. Following it makes the verdicts comparable.
 */
final class ClojureOrder {
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;
  private static final int BITS_PER_LEVEL = 5;
  private static final int LONG_BYTES = 8;

  private ClojureOrder() {}

  static int compare(long one, long other) {
    int difference = hash(one) ^ hash(other);
    if (difference == 0) {
      return Long.compare(one, other);
    }
    int level = Integer.numberOfTrailingZeros(difference) / BITS_PER_LEVEL * BITS_PER_LEVEL;
    return Integer.compare(branch(one, level), branch(other, level));
  }

  private static int branch(long number, int level) {
    return hash(number) >>> level & (1 << BITS_PER_LEVEL) - 1;
  }

  static int hash(long number) {
    if (number == 0) {
      return 0;
    }
    int hash = mix(mix(0, (int) number), (int) (number >>> Integer.SIZE)) ^ LONG_BYTES;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int mix(int hash, int part) {
    int mixed = Integer.rotateLeft(part * C1, 15) * C2;
    return Integer.rotateLeft(hash ^ mixed, 13) * 5 + 0xe6546b64;
  }
}
