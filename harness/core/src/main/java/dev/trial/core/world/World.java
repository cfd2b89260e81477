package dev.trial.core.world;

import java.util.function.BooleanSupplier;

/** What the run itself (not a node, not a client) lives in: time, waiting and randomness. */
public interface World {

  Clock clock();

  /** The run's random stream for a concern. */
  RandomStream random(String concern);

  /** Starts a task of the harness itself. */
  void spawn(String name, Runnable task);

  /** Blocks the calling task. */
  void sleep(long ms);

  /**
   * Blocks the calling task until the condition holds; it is looked at after every event that may
   * have changed it, and at least every 10 ms.
   *
   * @return false when {@code timeoutMs} passed first
   */
  boolean await(long timeoutMs, BooleanSupplier condition);
}
