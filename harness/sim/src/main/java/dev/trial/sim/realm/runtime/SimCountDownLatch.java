package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A latch whose waiters are strands. */
public class SimCountDownLatch extends CountDownLatch {
  private final Waiting waiting = new Waiting();

  public SimCountDownLatch(int count) {
    super(count);
  }

  @Override
  public void countDown() {
    super.countDown();
    if (getCount() == 0 && !waiting.isEmpty()) {
      waiting.wakeAll();
    }
  }

  @Override
  public void await() throws InterruptedException {
    awaitUntil(Kernel.FOREVER);
  }

  @Override
  public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
    return getCount() == 0 || timeout > 0 && awaitUntil(Clocks.afterNs(unit.toNanos(timeout)));
  }

  private boolean awaitUntil(long deadlineNs) throws InterruptedException {
    boolean late = false;
    while (getCount() > 0 && !late) {
      Strand strand = Rt.blockingStrand("CountDownLatch.await");
      late = waiting.parkInterruptibly(strand, deadlineNs);
    }
    return getCount() == 0;
  }
}
