package dev.trial.live.client;

import dev.trial.core.history.Recorder;
import dev.trial.core.run.ClientContext;
import dev.trial.core.run.Clients.Signal;
import dev.trial.core.run.Parameters;
import dev.trial.core.world.Clock;
import dev.trial.core.world.RandomStream;
import dev.trial.live.world.LiveClock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** What the program in a client process knows of the trial. */
final class ProcessContext implements ClientContext {
  private final LaunchOrder order;
  private final Recorder recorder;
  private final Clock clock;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicReference<String> error = new AtomicReference<>();
  private volatile boolean stopping;
  private volatile boolean closing;

  ProcessContext(LaunchOrder order, Recorder recorder) {
    this.order = order;
    this.recorder = recorder;
    this.clock = new LiveClock(order.runStartNs());
  }

  /** A body that may throw what it likes. */
  interface Body {
    void run() throws Exception;
  }

  void told(Signal signal) {
    stopping = true;
    closing |= signal == Signal.CLOSE;
  }

  /** Runs a body of this process; the first failure is kept. */
  void live(Body body) {
    try {
      body.run();
    } catch (Throwable failure) {
      // As in a JVM's thread: the failure ends this thread, and the others go on.
      failure.printStackTrace();
      error.compareAndSet(null, describe(failure));
    }
  }

  private static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.toString());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      text.append(", caused by ").append(cause);
    }
    return text.toString();
  }

  /** Waits for every spawned thread and returns the first failure, null if there was none. */
  String awaitThreads() {
    for (int i = 0; i < threads.size(); i++) {
      try {
        threads.get(i).join();
      } catch (InterruptedException e) {
        error.compareAndSet(null, describe(e));
      }
    }
    return error.get();
  }

  @Override
  public String client() {
    return order.client();
  }

  @Override
  public int process() {
    return order.process();
  }

  @Override
  public int incarnation() {
    return order.incarnation();
  }

  @Override
  public Map<String, String> settings() {
    return order.settings();
  }

  @Override
  public Parameters parameters() {
    return new Parameters(order.parameters());
  }

  @Override
  public Recorder recorder() {
    return recorder;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  /** The same stream as in simulation. */
  @Override
  public RandomStream random(String concern) {
    return new RandomStream(order.seed())
        .fork("client:" + order.client() + "#" + order.incarnation() + ":" + concern);
  }

  @Override
  public void sleep(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it slept", e);
    }
  }

  @Override
  public boolean stopping() {
    return stopping;
  }

  @Override
  public boolean closing() {
    return closing;
  }

  @Override
  public void spawn(String name, Runnable body) {
    Thread thread = new Thread(() -> live(body::run), name);
    threads.add(thread);
    thread.start();
  }
}
