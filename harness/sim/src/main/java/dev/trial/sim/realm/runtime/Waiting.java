package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Strand;
import java.util.ArrayDeque;

/** Strands in line for something. */
final class Waiting {
  private final ArrayDeque<Strand> line = new ArrayDeque<>(2);

  /**
   * Waits in line once.
   *
   * @return true if the deadline passed first
   */
  boolean park(Strand strand, long deadlineNs) {
    line.addLast(strand);
    try {
      return Rt.kernel().park(deadlineNs);
    } finally {
      line.remove(strand);
    }
  }

  /** As {@link #park}, but an interrupt ends it with its exception. */
  boolean parkInterruptibly(Strand strand, long deadlineNs) throws InterruptedException {
    Threads.throwIfInterrupted(strand);
    boolean late = park(strand, deadlineNs);
    Threads.throwIfInterrupted(strand);
    return late;
  }

  void wakeFirst() {
    Strand first = line.peekFirst();
    if (first != null) {
      Rt.kernel().unpark(first);
    }
  }

  void wakeAll() {
    for (Strand strand : line) {
      Rt.kernel().unpark(strand);
    }
  }

  boolean isEmpty() {
    return line.isEmpty();
  }

  /** True if all in line were killed. */
  boolean allDone() {
    return line.stream().allMatch(Strand::done);
  }

  int size() {
    return line.size();
  }
}
