package dev.trial.sim.realm.runtime;

import dev.trial.core.world.RandomStream;
import java.util.Random;

/** Stands for {@code ThreadLocalRandom}: draws from the process's entropy. */
public final class SimThreadLocalRandom extends Random {
  private static final long serialVersionUID = 1L;
  private static final int INT_BITS = 32;
  private static final SimThreadLocalRandom CURRENT = new SimThreadLocalRandom();

  private SimThreadLocalRandom() {
    super(0);
  }

  /** Stands for {@code ThreadLocalRandom.current()}. */
  public static SimThreadLocalRandom current() {
    return CURRENT;
  }

  private static RandomStream entropy() {
    return Rt.entropy();
  }

  @Override
  protected int next(int bits) {
    return (int) (entropy().nextLong() >>> (2 * INT_BITS - bits));
  }

  @Override
  public int nextInt(int bound) {
    return entropy().nextInt(bound);
  }

  @Override
  public int nextInt(int low, int high) {
    return (int) nextLong(low, high);
  }

  @Override
  public long nextLong() {
    return entropy().nextLong();
  }

  @Override
  public long nextLong(long bound) {
    return entropy().nextLong(bound);
  }

  @Override
  public long nextLong(long low, long high) {
    return low + entropy().nextLong(high - low);
  }

  @Override
  public double nextDouble() {
    return entropy().nextDouble();
  }

  @Override
  public double nextDouble(double bound) {
    return entropy().nextDouble() * bound;
  }

  @Override
  public double nextDouble(double low, double high) {
    return low + entropy().nextDouble() * (high - low);
  }
}
