package dev.trial.engine.work;

import dev.trial.core.work.Workers;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Threads that do pieces of work at once; with one core, or none to spare, the caller does them.
 */
public final class Cores implements Workers, AutoCloseable {
  private final int count;
  private final ExecutorService threads;

  /** A thread for each of {@code count} cores, none where that is less than two. */
  public Cores(int count) {
    this.count = count < 2 ? 0 : count;
    this.threads = count < 2 ? null : Executors.newFixedThreadPool(count, Cores::thread);
  }

  /** As many as this machine lets us use. */
  public static Cores ofMachine() {
    return new Cores(Runtime.getRuntime().availableProcessors());
  }

  /** They must not keep a process alive that has come to its end. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "trial-core");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public <T> Supplier<T> begin(Supplier<T> work) {
    if (threads == null) {
      return Workers.NONE.begin(work);
    }
    Future<T> begun = threads.submit(work::get);
    return () -> end(begun);
  }

  private static <T> T end(Future<T> begun) {
    try {
      return begun.get();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while work was under way");
    }
  }

  private static RuntimeException rethrown(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException plain ? plain : new IllegalStateException(thrown);
  }

  @Override
  public void close() {
    if (threads != null) {
      threads.shutdownNow();
    }
  }
}
