package dev.trial.sim.world;

import dev.trial.core.fault.Links.Interference;

/** A message fault in force on a machine, and how often it may still strike. */
final class ActiveInterference {
  private final Interference interference;
  private final int apiKey;
  private int left;

  ActiveInterference(Interference interference) {
    this.interference = interference;
    this.apiKey = ApiNames.keyOf(interference.api());
    this.left = interference.count();
  }

  Interference interference() {
    return interference;
  }

  boolean applies(int key) {
    return left > 0 && key == apiKey;
  }

  void strike() {
    left--;
  }
}
