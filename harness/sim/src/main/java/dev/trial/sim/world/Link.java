package dev.trial.sim.world;

import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** The way from one party to another, with the faults that lie on it. */
final class Link {
  private final RandomStream random;
  private final long latencyMinNs;
  private final long latencySpreadNs;
  private final List<Delay> delays = new ArrayList<>(0);
  private final List<Freeze> freezes = new ArrayList<>(0);
  private int cuts;

  Link(RandomStream random, long latencyMinNs, long latencyMaxNs) {
    this.random = random;
    this.latencyMinNs = latencyMinNs;
    this.latencySpreadNs = latencyMaxNs - latencyMinNs + 1;
  }

  /** Extra delay by a fault, with a random stream of its own. */
  record Delay(long delayNs, long jitterNs, RandomStream random) {}

  /** The far end takes no byte; this many more fit into the sender's buffer. */
  record Freeze(int bufferBytes) {}

  boolean cut() {
    return cuts > 0;
  }

  void cutOnce() {
    cuts++;
  }

  void healOnce() {
    cuts--;
  }

  List<Delay> delays() {
    return delays;
  }

  List<Freeze> freezes() {
    return freezes;
  }

  boolean frozen() {
    return !freezes.isEmpty();
  }

  /** The tightest buffer of all freezes. */
  int frozenBufferBytes() {
    int least = Integer.MAX_VALUE;
    for (Freeze freeze : freezes) {
      least = Math.min(least, freeze.bufferBytes());
    }
    return least;
  }

  long drawLatencyNs() {
    long latencyNs = latencyMinNs + random.nextLong(latencySpreadNs);
    for (int i = 0; i < delays.size(); i++) {
      Delay delay = delays.get(i);
      latencyNs += delay.delayNs();
      if (delay.jitterNs() > 0) {
        latencyNs += delay.random().nextLong(delay.jitterNs() + 1);
      }
    }
    return latencyNs;
  }
}
