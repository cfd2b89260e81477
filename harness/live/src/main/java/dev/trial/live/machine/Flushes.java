package dev.trial.live.machine;

import dev.trial.core.world.DiskException;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The flushes of a machine's files, on threads of their own: a node goes on with its work while
 * fsync(2) is at it, as a broker's other threads do, and only what it sends after the call waits
 * for the end of the flush. Some run at once, which a journaling file system writes together.
 * Flushes begin on the machine's event loop, or while it has none.
 */
final class Flushes {
  private static final int THREADS = 4;
  private static final long IDLE_S = 10;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS, THREADS, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Flushes::thread);
  private final NavigableSet<Long> endedEarly = new TreeSet<>();
  private Consumer<DiskException> listener = failure -> {};
  private long begun;

  /** All up to this one have ended. */
  private volatile long ended;

  Flushes() {
    threads.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread made = new Thread(work, "flushes");
    made.setDaemon(true);
    return made;
  }

  /** Who hears, on one of these threads, of the end of each flush; its failure, else null. */
  void listen(Consumer<DiskException> whoHears) {
    listener = whoHears;
  }

  /** Begins a flush; the result is done, without a failure, when it has ended. */
  CompletableFuture<Void> begin(Runnable flush) {
    long number = ++begun;
    Consumer<DiskException> told = listener;
    return CompletableFuture.runAsync(
        () -> {
          DiskException failed = null;
          try {
            flush.run();
          } catch (DiskException failure) {
            failed = failure;
          }
          end(number);
          told.accept(failed);
        },
        threads);
  }

  private synchronized void end(long number) {
    endedEarly.add(number);
    while (endedEarly.remove(ended + 1)) {
      ended++;
    }
    notifyAll();
  }

  /** How many were begun: what is sent now waits for so many. */
  long begun() {
    return begun;
  }

  /** True once so many have ended. */
  boolean ended(long count) {
    return ended >= count;
  }

  /** Returns when all that were begun have ended. */
  synchronized void await() {
    try {
      while (ended < begun) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
