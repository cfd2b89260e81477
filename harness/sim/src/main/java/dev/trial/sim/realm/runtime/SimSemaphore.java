package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A semaphore whose waiters are strands. */
public class SimSemaphore extends Semaphore {
  private static final long serialVersionUID = 1L;

  private final transient Waiting waiting = new Waiting();

  public SimSemaphore(int permits) {
    super(permits);
  }

  public SimSemaphore(int permits, boolean fair) {
    super(permits, fair);
  }

  @Override
  public void acquire() throws InterruptedException {
    acquire(1);
  }

  @Override
  public void acquire(int permits) throws InterruptedException {
    acquireUntil(permits, Kernel.FOREVER);
  }

  @Override
  public void acquireUninterruptibly() {
    acquireUninterruptibly(1);
  }

  @Override
  public void acquireUninterruptibly(int permits) {
    while (!super.tryAcquire(permits)) {
      waiting.park(Rt.blockingStrand("Semaphore.acquire"), Kernel.FOREVER);
    }
  }

  @Override
  public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
    return tryAcquire(1, timeout, unit);
  }

  @Override
  public boolean tryAcquire(int permits, long timeout, TimeUnit unit) throws InterruptedException {
    return acquireUntil(permits, Clocks.afterNs(unit.toNanos(timeout)));
  }

  private boolean acquireUntil(int permits, long deadlineNs) throws InterruptedException {
    boolean late = false;
    while (!super.tryAcquire(permits)) {
      if (late) {
        return false;
      }
      Strand strand = Rt.blockingStrand("Semaphore.acquire");
      late = waiting.parkInterruptibly(strand, deadlineNs);
    }
    return true;
  }

  @Override
  public void release() {
    release(1);
  }

  @Override
  public void release(int permits) {
    super.release(permits);
    if (!waiting.isEmpty()) {
      waiting.wakeAll();
    }
  }
}
