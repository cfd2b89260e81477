package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A pool whose workers are strands, started on demand up to its size. */
public final class SimExecutor extends AbstractExecutorService implements ScheduledExecutorService {
  private final int size;
  private final ThreadFactory factory;
  private final PriorityQueue<SimFutureTask<?>> tasks = new PriorityQueue<>();
  private final List<Thread> workers = new ArrayList<>();
  private final Waiting idle = new Waiting();
  private final Waiting termination = new Waiting();
  private long submitted;
  private boolean shutdown;

  SimExecutor(int size, ThreadFactory factory) {
    this.size = size;
    this.factory = factory;
  }

  private <V> SimFutureTask<V> enqueue(
      Callable<V> task, long delayNs, long periodNs, boolean fixedRate) {
    long dueNs = Clocks.afterNs(delayNs);
    SimFutureTask<V> queued = new SimFutureTask<>(task, submitted++, dueNs, periodNs, fixedRate);
    enqueue(queued);
    return queued;
  }

  private void enqueue(SimFutureTask<?> task) {
    if (shutdown) {
      throw new RejectedExecutionException("the executor has been shut down");
    }
    tasks.add(task);
    if (idle.isEmpty() && workers.size() < size) {
      Thread[] self = new Thread[1];
      self[0] = factory.newThread(() -> work(self[0]));
      workers.add(self[0]);
      Threads.start(self[0]);
    } else {
      idle.wakeAll();
    }
  }

  private void work(Thread worker) {
    try {
      for (SimFutureTask<?> task = next(); task != null; task = next()) {
        if (task.runOnce() && !shutdown) {
          tasks.add(task);
        }
      }
    } finally {
      workers.remove(worker);
      if (isTerminated()) {
        termination.wakeAll();
      }
    }
  }

  /** The next task when it is due; null once the pool has been shut down and is empty. */
  private SimFutureTask<?> next() {
    while (true) {
      SimFutureTask<?> first = tasks.peek();
      if (first == null && shutdown) {
        return null;
      }
      if (first != null && (first.isCancelled() || first.dueNs() <= Rt.kernel().nowNs())) {
        return tasks.poll();
      }
      long deadlineNs = first == null ? Kernel.FOREVER : first.dueNs();
      idle.park(Rt.blockingStrand("a worker"), deadlineNs);
      Threads.interrupted();
    }
  }

  @Override
  public void execute(Runnable task) {
    if (task instanceof SimFutureTask<?> future) {
      enqueue(future);
    } else {
      enqueue(Executors.callable(task), 0, 0, false);
    }
  }

  @Override
  protected <V> RunnableFuture<V> newTaskFor(Callable<V> task) {
    return new SimFutureTask<>(task, submitted++, Clocks.afterNs(0), 0, false);
  }

  @Override
  protected <V> RunnableFuture<V> newTaskFor(Runnable task, V result) {
    return newTaskFor(Executors.callable(task, result));
  }

  @Override
  public <V> V invokeAny(Collection<? extends Callable<V>> choices) {
    throw new UnsupportedOperationException("invokeAny is not simulated");
  }

  @Override
  public <V> V invokeAny(Collection<? extends Callable<V>> choices, long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException("invokeAny is not simulated");
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return enqueue(Executors.callable(task), unit.toNanos(delay), 0, false);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    return enqueue(task, unit.toNanos(delay), 0, false);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long delay, long period, TimeUnit unit) {
    return enqueue(Executors.callable(task), unit.toNanos(delay), unit.toNanos(period), true);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long delay, long period, TimeUnit unit) {
    return enqueue(Executors.callable(task), unit.toNanos(delay), unit.toNanos(period), false);
  }

  @Override
  public void shutdown() {
    shutdown = true;
    tasks.removeIf(SimFutureTask::isPeriodic);
    idle.wakeAll();
    if (isTerminated()) {
      termination.wakeAll();
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    List<Runnable> left = new ArrayList<>(tasks);
    tasks.clear();
    shutdown();
    for (Thread worker : workers) {
      Threads.interrupt(worker);
    }
    return left;
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && workers.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long deadlineNs = Clocks.afterNs(unit.toNanos(timeout));
    boolean late = false;
    while (!isTerminated() && !late) {
      Strand strand = Rt.blockingStrand("awaitTermination");
      late = termination.parkInterruptibly(strand, deadlineNs);
    }
    return isTerminated();
  }
}
