package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;

/**
 * Object monitors of simulated strands: {@code synchronized}, {@code wait} and {@code notify} as
 * JLS 17 has them, with entry in order of arrival. A lock gets a monitor once a second strand wants
 * it or its owner waits; until then {@link LoneLocks} has it.
 */
public final class Monitors {
  private static final InflatedLocks MONITORS = new InflatedLocks();
  private static final LoneLocks HELD = new LoneLocks();

  private Monitors() {}

  static void clear() {
    MONITORS.clear();
    HELD.clear();
  }

  /** Stands for MONITORENTER. */
  public static void enter(Object lock) {
    Strand strand = Rt.strand();
    if (strand == null) {
      return;
    }
    if (HELD.enter(lock, strand, MONITORS)) {
      return;
    }
    Monitor monitor = monitorOf(lock);
    if (monitor.owner == strand) {
      monitor.holds++;
      return;
    }
    monitor.acquire(strand);
    monitor.holds = 1;
  }

  /** Stands for MONITOREXIT. */
  public static void exit(Object lock) {
    Strand strand = Rt.strand();
    if (strand == null || strand.done()) {
      return;
    }
    if (HELD.exit(lock, strand)) {
      return;
    }
    Monitor monitor = owned(lock, strand);
    if (--monitor.holds == 0) {
      release(lock, monitor);
    }
  }

  /** Stands for {@code Object.wait()}. */
  public static void await(Object lock) throws InterruptedException {
    await(lock, 0);
  }

  /** Stands for {@code Object.wait(timeoutMs)}; 0 waits for ever. */
  public static void await(Object lock, long timeoutMs) throws InterruptedException {
    if (timeoutMs < 0) {
      throw new IllegalArgumentException("timeout value is negative");
    }
    Strand strand = Rt.blockingStrand("wait");
    Monitor monitor = owned(lock, strand);
    Threads.throwIfInterrupted(strand);
    Waiter waiter = new Waiter(strand);
    int holds = monitor.holds;
    monitor.waiters.addLast(waiter);
    monitor.free();
    long deadlineNs = timeoutMs == 0 ? Kernel.FOREVER : Clocks.afterMs(timeoutMs);
    boolean late = false;
    while (!waiter.notified && !late && !Threads.interruptPending(strand)) {
      late = Rt.kernel().park(deadlineNs);
    }
    monitor.waiters.remove(waiter);
    monitor.acquire(strand);
    monitor.holds = holds;
    if (!waiter.notified) {
      Threads.throwIfInterrupted(strand);
    }
  }

  /** Stands for {@code Object.wait(timeoutMs, nanos)}. */
  public static void await(Object lock, long timeoutMs, int nanos) throws InterruptedException {
    await(lock, nanos > 0 && timeoutMs < Long.MAX_VALUE ? timeoutMs + 1 : timeoutMs);
  }

  /** Stands for {@code Object.notify()}. */
  public static void signal(Object lock) {
    Monitor monitor = MONITORS.get(lock);
    if (monitor == null) {
      return;
    }
    for (Waiter waiter : monitor.waiters) {
      if (!waiter.notified) {
        waiter.wake();
        return;
      }
    }
  }

  /** Stands for {@code Object.notifyAll()}. */
  public static void signalAll(Object lock) {
    Monitor monitor = MONITORS.get(lock);
    if (monitor == null) {
      return;
    }
    for (Waiter waiter : monitor.waiters) {
      if (!waiter.notified) {
        waiter.wake();
      }
    }
  }

  /** Stands for {@code Thread.holdsLock(lock)}. */
  public static boolean holdsLock(Object lock) {
    Strand strand = Rt.strand();
    Monitor monitor = MONITORS.get(lock);
    return strand == null || HELD.by(lock, strand) || monitor != null && monitor.owner == strand;
  }

  private static Monitor monitorOf(Object lock) {
    Monitor monitor = monitor(lock);
    if (monitor == null) {
      if (lock == null) {
        throw new NullPointerException("synchronized on null");
      }
      monitor = MONITORS.inflate(lock);
    }
    return monitor;
  }

  /** The lock's monitor; null if it has none. What was held alone gets one now. */
  private static Monitor monitor(Object lock) {
    int held = HELD.find(lock);
    if (held < 0) {
      return MONITORS.get(lock);
    }
    Monitor monitor = MONITORS.inflate(lock);
    monitor.owner = HELD.owner(held);
    monitor.holds = HELD.holds(held);
    HELD.remove(held);
    return monitor;
  }

  private static Monitor owned(Object lock, Strand strand) {
    Monitor monitor = monitor(lock);
    if (monitor == null || monitor.owner != strand) {
      throw new IllegalMonitorStateException("current thread is not owner");
    }
    return monitor;
  }

  private static void release(Object lock, Monitor monitor) {
    monitor.free();
    if (monitor.idle()) {
      MONITORS.deflate(lock);
    }
  }
}
