package dev.trial.sim.world;

import java.util.Map;
import java.util.TreeMap;

/** How far a party's wall clock is off, by the faults on it. Right where there is none. */
final class WallClock {
  private static final long NS_PER_MS = 1_000_000L;
  private static final long PPM = 1_000_000L;

  private final Map<String, Deviation> deviations = new TreeMap<>();

  /** A clock that was off by {@code offsetMs} at {@code sinceNs}, and gains ppm since. */
  private record Deviation(long offsetMs, long ppm, long sinceNs) {
    long at(long nowNs) {
      return offsetMs + Math.floorDiv((nowNs - sinceNs) / NS_PER_MS * ppm, PPM);
    }
  }

  void deviate(String fault, long offsetMs, long ppm, long nowNs) {
    deviations.put(fault, new Deviation(offsetMs, ppm, nowNs));
  }

  void heal(String fault) {
    deviations.remove(fault);
  }

  /** What it shows more than the true time, negative for less. */
  long deviationMs(long nowNs) {
    long sumMs = 0;
    if (!deviations.isEmpty()) {
      for (Deviation each : deviations.values()) {
        sumMs += each.at(nowNs);
      }
    }
    return sumMs;
  }
}
