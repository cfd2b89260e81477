package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A task whose waiters are strands. Tasks due at one moment run in the order of submission. */
public class SimFutureTask<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
  private final Waiting waiting = new Waiting();
  private final long number;
  private final long periodNs;
  private final boolean fixedRate;
  private long dueNs;

  public SimFutureTask(Callable<V> task) {
    this(task, 0, 0, 0, false);
  }

  public SimFutureTask(Runnable task, V result) {
    this(java.util.concurrent.Executors.callable(task, result));
  }

  SimFutureTask(Callable<V> task, long number, long dueNs, long periodNs, boolean fixedRate) {
    super(task);
    this.number = number;
    this.dueNs = dueNs;
    this.periodNs = periodNs;
    this.fixedRate = fixedRate;
  }

  long dueNs() {
    return dueNs;
  }

  /** Runs the task; true if it is to run again, at its next {@link #dueNs()}. */
  boolean runOnce() {
    if (!isPeriodic()) {
      run();
      return false;
    }
    boolean again = runAndReset();
    dueNs = (fixedRate ? dueNs : Rt.kernel().nowNs()) + periodNs;
    return again;
  }

  @Override
  protected void done() {
    if (waiting != null && !waiting.isEmpty()) {
      waiting.wakeAll();
    }
  }

  @Override
  public V get() throws InterruptedException, ExecutionException {
    await(Kernel.FOREVER);
    return super.get();
  }

  @Override
  public V get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!isDone() && !await(Clocks.afterNs(unit.toNanos(timeout)))) {
      throw new TimeoutException();
    }
    return super.get();
  }

  private boolean await(long deadlineNs) throws InterruptedException {
    boolean late = false;
    while (!isDone() && !late) {
      Strand strand = Rt.blockingStrand("Future.get");
      late = waiting.parkInterruptibly(strand, deadlineNs);
    }
    return isDone();
  }

  @Override
  public boolean isPeriodic() {
    return periodNs > 0;
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(dueNs - Rt.kernel().nowNs(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    SimFutureTask<?> task = (SimFutureTask<?>) other;
    int byTime = Long.compare(dueNs, task.dueNs);
    return byTime != 0 ? byTime : Long.compare(number, task.number);
  }
}
