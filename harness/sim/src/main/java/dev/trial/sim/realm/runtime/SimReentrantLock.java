package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock held by strands. Outside of a simulation, where there is one thread, it is always free.
 */
public class SimReentrantLock extends ReentrantLock {
  private static final long serialVersionUID = 1L;

  private transient Strand owner;
  private int holds;
  private final transient Waiting waiting = new Waiting();

  public SimReentrantLock() {}

  public SimReentrantLock(boolean fair) {
    super(fair);
  }

  @Override
  public void lock() {
    Strand strand = Rt.strand();
    if (strand != null && !take(strand)) {
      queue(strand);
      holds = 1;
    }
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    Strand strand = Rt.strand();
    if (strand != null) {
      Threads.throwIfInterrupted(strand);
      takeUntil(strand, Kernel.FOREVER);
    }
  }

  @Override
  public boolean tryLock() {
    Strand strand = Rt.strand();
    return strand == null || take(strand);
  }

  @Override
  public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
    Strand strand = Rt.strand();
    return strand == null || takeUntil(strand, Clocks.afterNs(unit.toNanos(timeout)));
  }

  @Override
  public void unlock() {
    Strand strand = Rt.strand();
    if (strand == null || strand.done()) {
      return;
    }
    requireOwner(strand);
    if (--holds == 0) {
      free();
    }
  }

  private boolean take(Strand strand) {
    if (owner == strand) {
      holds++;
      return true;
    }
    if (owner != null && !owner.done()) {
      return false;
    }
    owner = strand;
    holds = 1;
    return true;
  }

  private boolean takeUntil(Strand strand, long deadlineNs) throws InterruptedException {
    boolean late = false;
    while (!take(strand)) {
      if (late) {
        return false;
      }
      late = waiting.parkInterruptibly(strand, deadlineNs);
    }
    return true;
  }

  private void queue(Strand strand) {
    while (owner != null && !owner.done()) {
      waiting.park(strand, Kernel.FOREVER);
    }
    owner = strand;
  }

  private void free() {
    owner = null;
    holds = 0;
    waiting.wakeFirst();
  }

  private void requireOwner(Strand strand) {
    if (owner != strand) {
      throw new IllegalMonitorStateException();
    }
  }

  @Override
  public boolean isHeldByCurrentThread() {
    return owner != null && owner == Rt.strand();
  }

  @Override
  public int getHoldCount() {
    return isHeldByCurrentThread() ? holds : 0;
  }

  @Override
  public boolean isLocked() {
    return owner != null;
  }

  @Override
  public Condition newCondition() {
    return new SimCondition();
  }

  private final class SimCondition implements Condition {
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>(2);

    private boolean await(long deadlineNs, boolean interruptible) throws InterruptedException {
      Strand strand = Rt.blockingStrand("Condition.await");
      requireOwner(strand);
      if (interruptible) {
        Threads.throwIfInterrupted(strand);
      }
      Waiter waiter = new Waiter(strand);
      waiters.addLast(waiter);
      int held = holds;
      free();
      boolean late = false;
      while (!waiter.notified && !late && !(interruptible && Threads.interruptPending(strand))) {
        late = Rt.kernel().park(deadlineNs);
      }
      waiters.remove(waiter);
      queue(strand);
      holds = held;
      if (interruptible && !waiter.notified) {
        Threads.throwIfInterrupted(strand);
      }
      return waiter.notified;
    }

    @Override
    public void await() throws InterruptedException {
      await(Kernel.FOREVER, true);
    }

    @Override
    public void awaitUninterruptibly() {
      try {
        await(Kernel.FOREVER, false);
      } catch (InterruptedException e) {
        throw new AssertionError("not interruptible", e);
      }
    }

    @Override
    public long awaitNanos(long ns) throws InterruptedException {
      long deadlineNs = Clocks.afterNs(ns);
      await(deadlineNs, true);
      return deadlineNs - Rt.kernel().nowNs();
    }

    @Override
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
      return await(Clocks.afterNs(unit.toNanos(timeout)), true);
    }

    @Override
    public boolean awaitUntil(Date deadline) throws InterruptedException {
      return await(Clocks.afterMs(deadline.getTime() - Rt.kernel().epochMs()), true);
    }

    @Override
    public void signal() {
      requireOwner(Rt.strand());
      for (Waiter waiter : waiters) {
        if (!waiter.notified) {
          waiter.wake();
          return;
        }
      }
    }

    @Override
    public void signalAll() {
      requireOwner(Rt.strand());
      for (Waiter waiter : waiters) {
        if (!waiter.notified) {
          waiter.wake();
        }
      }
    }
  }
}
