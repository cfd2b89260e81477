package dev.trial.engine.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What is still done when this process is told to end (SIGINT, SIGTERM) while it is at work: one
 * thing after the other, in the order in which they were asked for.
 */
public final class ProcessEnd {
  private static final ProcessEnd OF_THIS_PROCESS = new ProcessEnd();

  private final List<Registration> registrations = new ArrayList<>();
  private boolean watching;
  private volatile boolean begun;

  private ProcessEnd() {}

  /** Something that is done at the end, until it is closed. */
  public static final class Registration implements AutoCloseable {
    private final Runnable action;
    private boolean closed;

    private Registration(Runnable action) {
      this.action = action;
    }

    private synchronized void run() {
      if (!closed) {
        action.run();
      }
    }

    /** It is not done any more; where that has begun, it is over when this returns. */
    @Override
    public synchronized void close() {
      closed = true;
      OF_THIS_PROCESS.remove(this);
    }
  }

  /** From now on {@code action} is done at the end of this process. */
  public static Registration then(Runnable action) {
    Registration registration = new Registration(action);
    OF_THIS_PROCESS.add(registration);
    return registration;
  }

  /**
   * Returns where the process goes on. Where it is ending, what fails is taken down by that and is
   * nothing to tell of: the calling thread then stays here until it is over.
   */
  public static void stayIfBegun() {
    if (!OF_THIS_PROCESS.begun) {
      return;
    }
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void add(Registration registration) {
    if (!watching) {
      watching = true;
      Runtime.getRuntime().addShutdownHook(new Thread(this::end, "process-end"));
    }
    registrations.add(registration);
  }

  private synchronized void remove(Registration registration) {
    registrations.remove(registration);
  }

  private synchronized List<Registration> all() {
    return List.copyOf(registrations);
  }

  private void end() {
    List<Registration> all = all();
    begun = !all.isEmpty();
    for (Registration each : all) {
      try {
        each.run();
      } catch (RuntimeException failure) {
        System.err.println("trial: " + failure.getMessage());
      }
    }
  }
}
