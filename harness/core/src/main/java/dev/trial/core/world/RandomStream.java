package dev.trial.core.world;

import java.util.List;

/**
 * A named stream of pseudo-random numbers with a fixed algorithm, so that a seed means the same on
 * every JVM. One stream per concern: removing a fault must not disturb the network's draws.
 *
 * <p>SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA
 * 2014).
 */
public final class RandomStream {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long origin;
  private long state;

  /** The stream that a seed names. */
  public RandomStream(long seed) {
    this.origin = mix(seed);
    this.state = origin;
  }

  /**
   * An independent stream for one concern. Depends on this stream's seed and the name alone, not on
   * how much was drawn from it.
   */
  public RandomStream fork(String concern) {
    long hash = origin;
    for (int i = 0; i < concern.length(); i++) {
      hash = mix(hash ^ concern.charAt(i));
    }
    return new RandomStream(hash + GOLDEN_GAMMA);
  }

  /** Any long. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform in {@code [0, bound)}; {@code bound} must be positive. */
  public long nextLong(long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive: " + bound);
    }
    long bits = nextLong() >>> 1;
    long value = bits % bound;
    while (bits - value + (bound - 1) < 0) {
      bits = nextLong() >>> 1;
      value = bits % bound;
    }
    return value;
  }

  /** Uniform in {@code [0, bound)}. */
  public int nextInt(int bound) {
    return (int) nextLong(bound);
  }

  /** Uniform in {@code [low, high]}, both ends included. */
  public long between(long low, long high) {
    return low + nextLong(high - low + 1);
  }

  /** Uniform in {@code [0, 1)}. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** True with the given probability. */
  public boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /** One element, uniformly; the list must not be empty. */
  public <T> T pick(List<T> choices) {
    return choices.get(nextInt(choices.size()));
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
