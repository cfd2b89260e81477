package dev.trial.live.world;

import dev.trial.core.world.RandomStream;
import dev.trial.core.world.World;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Real time: tasks are threads, and conditions are looked at every 10 ms. */
public final class LiveWorld implements World, AutoCloseable {
  private static final long LOOK_EVERY_MS = 10;

  private final LiveClock clock = new LiveClock();
  private final RandomStream random;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  public LiveWorld(long seed) {
    this.random = new RandomStream(seed);
  }

  @Override
  public LiveClock clock() {
    return clock;
  }

  @Override
  public RandomStream random(String concern) {
    return random.fork(concern);
  }

  @Override
  public void spawn(String name, Runnable task) {
    Thread thread = new Thread(() -> runUntilClosed(task), name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void runUntilClosed(Runnable task) {
    try {
      task.run();
    } catch (Closed end) {
      // the run is over: nobody waits for this task any more
    } catch (UncheckedIOException error) {
      if (!closed || !(error.getCause() instanceof ClosedByInterruptException)) {
        throw error;
      } // else the same, met while it read a file
    }
  }

  @Override
  public void sleep(long ms) {
    if (closed) {
      throw new Closed();
    }
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Closed();
    }
  }

  @Override
  public boolean await(long timeoutMs, BooleanSupplier condition) {
    long deadlineMs = clock.millis() + timeoutMs;
    while (!condition.getAsBoolean()) {
      if (clock.millis() >= deadlineMs) {
        return false;
      }
      sleep(LOOK_EVERY_MS);
    }
    return true;
  }

  /** Ends every task that still waits. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }

  /** Unwinds a task of a world that was closed. */
  private static final class Closed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Closed() {
      super("the run is over", null, false, false);
    }
  }
}
