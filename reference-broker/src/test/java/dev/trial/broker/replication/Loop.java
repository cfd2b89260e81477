package dev.trial.broker.replication;

import dev.trial.core.world.Clock;
import dev.trial.core.world.Timers;
import java.util.PriorityQueue;

/** Virtual time: events in the order of their time, then of their making. */
final class Loop implements Clock {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nowMs;
  private long made;

  @Override
  public long nanos() {
    return nowMs * 1_000_000;
  }

  @Override
  public long epochMs() {
    return 1_000_000_000L + nowMs;
  }

  Timers.Timer after(long delayMs, Runnable action) {
    Event event = new Event(nowMs + delayMs, made++, action);
    events.add(event);
    return event;
  }

  /** Runs everything due within the next {@code ms}; {@code afterEach} looks after every event. */
  void run(long ms, Runnable afterEach) {
    long end = nowMs + ms;
    while (!events.isEmpty() && events.peek().atMs <= end) {
      Event event = events.poll();
      nowMs = event.atMs;
      if (event.action != null) {
        event.action.run();
        afterEach.run();
      }
    }
    nowMs = end;
  }

  private static final class Event implements Comparable<Event>, Timers.Timer {
    private final long atMs;
    private final long number;
    private Runnable action;

    Event(long atMs, long number, Runnable action) {
      this.atMs = atMs;
      this.number = number;
      this.action = action;
    }

    @Override
    public void cancel() {
      action = null;
    }

    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(atMs, other.atMs);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
