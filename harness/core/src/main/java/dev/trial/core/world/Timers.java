package dev.trial.core.world;

/** One-shot timers whose actions run on the owner's event loop, never beside it. */
public interface Timers {

  /** Runs {@code action} once, {@code delayMs} from now (0: after the current event). */
  Timer after(long delayMs, Runnable action);

  /** A pending timer. */
  interface Timer {

    /** Forgets the action if it has not run yet; harmless afterwards. */
    void cancel();
  }
}
