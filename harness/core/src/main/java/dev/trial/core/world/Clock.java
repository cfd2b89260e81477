package dev.trial.core.world;

/** Time as one party sees it. Virtual in simulation; skewed per node when a clock fault says so. */
public interface Clock {

  /** Nanoseconds since the start of the run; never goes back. */
  long nanos();

  /** Wall-clock milliseconds since the Unix epoch; a clock fault may move it either way. */
  long epochMs();

  /** Milliseconds since the start of the run; never goes back. */
  default long millis() {
    return nanos() / 1_000_000L;
  }
}
