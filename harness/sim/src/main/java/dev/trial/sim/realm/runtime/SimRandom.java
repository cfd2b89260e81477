package dev.trial.sim.realm.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * {@code new Random()}, seeded by the simulation; one made in a static initializer by a constant.
 */
public class SimRandom extends Random {
  private static final long serialVersionUID = 1L;
  private static final long STATIC_SEED = 42;
  private static final List<SimRandom> STATICS = new ArrayList<>();

  public SimRandom() {
    super(Rt.initializing() ? STATIC_SEED : Rt.entropy().nextLong());
    if (Rt.initializing()) {
      STATICS.add(this);
    }
  }

  public SimRandom(long seed) {
    super(seed);
  }

  static void reseedStatics() {
    for (SimRandom random : STATICS) {
      random.setSeed(STATIC_SEED);
    }
  }
}
