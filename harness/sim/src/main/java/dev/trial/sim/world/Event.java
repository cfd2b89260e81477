package dev.trial.sim.world;

/**
 * Something due at a virtual time. Entries are their own queue nodes: the owner keeps one and adds
 * it again and again, so that the hot path allocates nothing.
 */
abstract class Event {
  static final int IDLE = -1;

  /** When it is due; valid while queued. */
  long dueNs;

  /** Breaks ties: of two events due at once, the one added first fires first. */
  long sequence;

  /** Position in the heap, {@link #IDLE} while not queued. */
  int position = IDLE;

  final boolean queued() {
    return position != IDLE;
  }

  /** What happens. */
  abstract void fire();

  /** Kind and party for the trace hash. */
  abstract TraceKind kind();

  /** The party it happens to, −1 for the harness. */
  abstract int party();
}
