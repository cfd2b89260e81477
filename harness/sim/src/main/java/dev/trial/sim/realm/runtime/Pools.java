package dev.trial.sim.realm.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Executors whose workers are strands, in place of {@code java.util.concurrent.Executors}. */
public final class Pools {
  private static final int UNBOUNDED = Integer.MAX_VALUE;

  private Pools() {}

  /** Runs a task on a strand of its own. */
  static void startStrand(Runnable task) {
    Threads.start(new Thread(task, "async"));
  }

  /** Stands for {@code Executors.newFixedThreadPool(threads)}. */
  public static ExecutorService fixed(int threads) {
    return fixed(threads, Pools::worker);
  }

  /** See {@link #fixed(int)}. */
  public static ExecutorService fixed(int threads, ThreadFactory factory) {
    return new SimExecutor(threads, factory);
  }

  /** Stands for {@code Executors.newSingleThreadExecutor()}. */
  public static ExecutorService single() {
    return fixed(1);
  }

  /** See {@link #single()}. */
  public static ExecutorService single(ThreadFactory factory) {
    return fixed(1, factory);
  }

  /** Stands for {@code Executors.newCachedThreadPool()}. */
  public static ExecutorService cached() {
    return fixed(UNBOUNDED);
  }

  /** See {@link #cached()}. */
  public static ExecutorService cached(ThreadFactory factory) {
    return fixed(UNBOUNDED, factory);
  }

  /** Stands for {@code Executors.newScheduledThreadPool(threads)}. */
  public static ScheduledExecutorService scheduled(int threads) {
    return scheduled(threads, Pools::worker);
  }

  /** See {@link #scheduled(int)}. */
  public static ScheduledExecutorService scheduled(int threads, ThreadFactory factory) {
    return new SimExecutor(threads, factory);
  }

  /** Stands for {@code Executors.newSingleThreadScheduledExecutor()}. */
  public static ScheduledExecutorService singleScheduled() {
    return scheduled(1);
  }

  /** See {@link #singleScheduled()}. */
  public static ScheduledExecutorService singleScheduled(ThreadFactory factory) {
    return scheduled(1, factory);
  }

  /** Stands for {@code Executors.defaultThreadFactory()}. */
  public static ThreadFactory threadFactory() {
    return Pools::worker;
  }

  private static Thread worker(Runnable body) {
    return new Thread(body, "pool-worker");
  }
}
