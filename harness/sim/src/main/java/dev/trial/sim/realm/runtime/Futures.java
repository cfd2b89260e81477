package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waiting for futures. Those that client code implements wait through their own rewritten code;
 * only {@code CompletableFuture} would block inside the JDK.
 */
public final class Futures {
  private Futures() {}

  /** Stands for {@code future.get()}. */
  public static Object get(Future<?> future) throws InterruptedException, ExecutionException {
    if (future instanceof CompletableFuture<?> completable) {
      await(completable, Kernel.FOREVER);
    }
    return future.get();
  }

  /** Stands for {@code future.get(timeout, unit)}. */
  public static Object get(Future<?> future, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!(future instanceof CompletableFuture<?> completable)) {
      return future.get(timeout, unit);
    }
    if (!completable.isDone() && !await(completable, Clocks.afterNs(unit.toNanos(timeout)))) {
      throw new TimeoutException();
    }
    return completable.get();
  }

  /** Stands for {@code future.join()}, which no interrupt ends. */
  public static Object join(CompletableFuture<?> future) {
    if (!future.isDone()) {
      Strand strand = Rt.blockingStrand("CompletableFuture.join");
      wakeWhenDone(future, strand);
      while (!future.isDone()) {
        Rt.kernel().park(Kernel.FOREVER);
      }
    }
    return future.join();
  }

  /** Stands for {@code CompletableFuture.runAsync(task)}: a strand of its own. */
  public static CompletableFuture<Void> runAsync(Runnable task) {
    return CompletableFuture.runAsync(task, Pools::startStrand);
  }

  /** Stands for {@code CompletableFuture.supplyAsync(task)}. */
  public static <T> CompletableFuture<T> supplyAsync(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, Pools::startStrand);
  }

  private static boolean await(CompletableFuture<?> future, long deadlineNs)
      throws InterruptedException {
    if (future.isDone()) {
      return true;
    }
    Strand strand = Rt.blockingStrand("Future.get");
    wakeWhenDone(future, strand);
    boolean late = false;
    while (!future.isDone() && !late) {
      Threads.throwIfInterrupted(strand);
      late = Rt.kernel().park(deadlineNs);
    }
    return future.isDone();
  }

  private static void wakeWhenDone(CompletableFuture<?> future, Strand strand) {
    Kernel kernel = Rt.kernel();
    future.whenComplete((value, error) -> kernel.unpark(strand));
  }
}
