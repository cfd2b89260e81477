package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Strand;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The blocking half of a simulated queue, on top of the non-blocking half it inherits. */
final class QueueWaits {
  private final Waiting takers = new Waiting();
  private final Waiting putters = new Waiting();

  /** An element, or null when the deadline passed first. */
  <E> E take(Supplier<E> poll, long deadlineNs) throws InterruptedException {
    boolean late = false;
    E element;
    while ((element = poll.get()) == null && !late) {
      Strand strand = Rt.blockingStrand("BlockingQueue.take");
      late = takers.parkInterruptibly(strand, deadlineNs);
    }
    return element;
  }

  /** Whether the element found room before the deadline. */
  boolean put(BooleanSupplier offer, long deadlineNs) throws InterruptedException {
    boolean late = false;
    boolean taken;
    while (!(taken = offer.getAsBoolean()) && !late) {
      Strand strand = Rt.blockingStrand("BlockingQueue.put");
      late = putters.parkInterruptibly(strand, deadlineNs);
    }
    return taken;
  }

  boolean added(boolean added) {
    if (added && !takers.isEmpty()) {
      takers.wakeAll();
    }
    return added;
  }

  <E> E removed(E element) {
    if (element != null && !putters.isEmpty()) {
      putters.wakeAll();
    }
    return element;
  }

  void emptied() {
    putters.wakeAll();
  }
}
