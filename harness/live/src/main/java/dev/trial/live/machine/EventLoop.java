package dev.trial.live.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * One thread that runs a node: its timers, its sockets, and what others ask of it, one after the
 * other. While paused it runs nothing and its sockets stay open, as after SIGSTOP.
 */
final class EventLoop {
  private final Selector selector;
  private final Thread thread;
  private final PriorityQueue<Deadline> deadlines = new PriorityQueue<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Object pauseLock = new Object();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Consumer<Throwable> failed;
  private volatile boolean paused;
  private boolean parked;
  private volatile boolean stopped;
  private long sequence;

  /** A pending timer; ties go by order of creation. */
  static final class Deadline implements Comparable<Deadline> {
    private final long atNs;
    private final long sequence;
    private final Runnable action;
    private boolean cancelled;

    Deadline(long atNs, long sequence, Runnable action) {
      this.atNs = atNs;
      this.sequence = sequence;
      this.action = action;
    }

    void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Deadline other) {
      int byTime = Long.compare(atNs, other.atNs);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  /** A socket's handler, attached to its key. */
  interface Ready {
    void ready(SelectionKey key);
  }

  /**
   * @param failed told when an event throws; that ends the loop
   */
  EventLoop(String name, Consumer<Throwable> failed) {
    this.failed = failed;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  Selector selector() {
    return selector;
  }

  /** Done once the loop runs no more events and every socket is closed. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  boolean onLoop() {
    return Thread.currentThread() == thread;
  }

  /** Runs the task on the loop, soon. */
  void submit(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** To be called on the loop only. */
  Deadline after(long delayMs, Runnable action) {
    Deadline deadline = new Deadline(System.nanoTime() + delayMs * 1_000_000L, sequence++, action);
    deadlines.add(deadline);
    return deadline;
  }

  /** Returns when the event that was being handled is over and none is begun any more. */
  void pause() {
    paused = true;
    selector.wakeup();
    synchronized (pauseLock) {
      try {
        while (!onLoop() && paused && !parked && !ended.isDone()) {
          pauseLock.wait(1);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void resume() {
    synchronized (pauseLock) {
      paused = false;
      pauseLock.notifyAll();
    }
  }

  boolean paused() {
    return paused;
  }

  /** Ends the loop after the event it is in and closes every socket hard; waits for the thread. */
  void stop() {
    stopped = true;
    resume();
    selector.wakeup();
    if (!onLoop()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      while (!stopped) {
        awaitResumed();
        runTasks();
        runDeadlines();
        if (!stopped) {
          select();
        }
      }
    } catch (RuntimeException | Error failure) {
      failed.accept(failure);
    } finally {
      closeAll();
      ended.complete(null);
    }
  }

  private void awaitResumed() {
    synchronized (pauseLock) {
      while (paused && !stopped) {
        parked = true;
        pauseLock.notifyAll();
        try {
          pauseLock.wait();
        } catch (InterruptedException e) {
          stopped = true;
        }
      }
      parked = false;
    }
  }

  private void runTasks() {
    Runnable task;
    while (!stopped && !paused && (task = tasks.poll()) != null) {
      task.run();
    }
  }

  private void runDeadlines() {
    while (!stopped && !paused && !deadlines.isEmpty()) {
      Deadline next = deadlines.peek();
      if (!next.cancelled && next.atNs - System.nanoTime() > 0) {
        return;
      }
      deadlines.poll();
      if (!next.cancelled) {
        next.action.run();
      }
    }
  }

  private void select() {
    try {
      selector.select(this::ready, waitMs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ready(SelectionKey key) {
    if (!stopped && !paused && key.isValid()) {
      ((Ready) key.attachment()).ready(key);
    }
  }

  private long waitMs() {
    if (!tasks.isEmpty()) {
      return 1;
    }
    if (deadlines.isEmpty()) {
      return 1_000;
    }
    long leftNs = deadlines.peek().atNs - System.nanoTime();
    return Math.max(1, Math.min(1_000, (leftNs + 999_999) / 1_000_000));
  }

  /** Without lingering a connection is reset, and what it has not sent yet is lost. */
  private static void closeHard(SelectableChannel channel) throws IOException {
    if (channel.isOpen() && channel instanceof SocketChannel connection) {
      connection.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    channel.close();
  }

  private void closeAll() {
    try {
      for (SelectionKey key : selector.keys()) {
        closeHard(key.channel());
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
