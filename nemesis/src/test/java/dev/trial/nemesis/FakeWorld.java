package dev.trial.nemesis;

import dev.trial.core.world.Clock;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.World;
import java.util.function.BooleanSupplier;

/** Time that passes only when somebody sleeps. */
final class FakeWorld implements World {
  private long nowNs;

  /** What happens while somebody waits for something. */
  Runnable meanwhile = () -> {};

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public long nanos() {
        return nowNs;
      }

      @Override
      public long epochMs() {
        return nowNs / 1_000_000;
      }
    };
  }

  @Override
  public RandomStream random(String concern) {
    return new RandomStream(1).fork(concern);
  }

  @Override
  public void spawn(String name, Runnable task) {
    throw new UnsupportedOperationException("the driver starts no task");
  }

  @Override
  public void sleep(long ms) {
    nowNs += ms * 1_000_000;
  }

  @Override
  public boolean await(long timeoutMs, BooleanSupplier condition) {
    long untilNs = nowNs + timeoutMs * 1_000_000;
    while (!condition.getAsBoolean() && nowNs < untilNs) {
      sleep(10);
      meanwhile.run();
    }
    return condition.getAsBoolean();
  }
}
