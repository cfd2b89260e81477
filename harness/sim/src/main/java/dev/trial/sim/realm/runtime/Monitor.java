package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;
import java.util.ArrayDeque;

/** The monitor of one object: who is in it, who wants to be, who waits. */
final class Monitor {
  Strand owner;
  int holds;
  final ArrayDeque<Waiter> waiters = new ArrayDeque<>(2);
  private final Waiting entry = new Waiting();

  /** Enters, in order of arrival. What a killed strand held is free. */
  void acquire(Strand strand) {
    while (owner != null && !owner.done()) {
      entry.park(strand, Kernel.FOREVER);
    }
    owner = strand;
  }

  void free() {
    owner = null;
    holds = 0;
    entry.wakeFirst();
  }

  /** True if nobody wants it. */
  boolean idle() {
    return entry.isEmpty() && waiters.isEmpty();
  }

  /** True if all who are in it, want it or wait were killed. */
  boolean abandoned() {
    return (owner == null || owner.done())
        && entry.allDone()
        && waiters.stream().allMatch(waiter -> waiter.strand.done());
  }
}
