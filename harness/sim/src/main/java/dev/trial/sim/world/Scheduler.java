package dev.trial.sim.world;

import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The virtual clock, the event queue and the choice of who runs next. {@link #next} is called by
 * whoever gives up control, on its own thread: events fire right there, and if the caller is chosen
 * again it goes on without any switch.
 */
final class Scheduler {
  /** A step of a strand costs this much virtual time at least, so that no loop is free. */
  private static final long STEP_MIN_NS = 1_000;

  private static final int STEP_SPREAD_NS = 20_000;
  private static final int EVENTS_AT_ONCE_MAX = 2_000_000;

  final EventQueue events = new EventQueue();
  private final Trace trace;
  private final RandomStream random;
  private final long limitNs;
  private final List<SimStrand> ready = new ArrayList<>();
  private final List<SimStrand> all = new ArrayList<>();
  private final ClassLoader hostLoader = Scheduler.class.getClassLoader();

  private long nowNs;
  private SimStrand current;
  private boolean ended;
  private Throwable failure;
  private int eventsAtOnce;
  private long fired;
  private long steps;

  Scheduler(Trace trace, RandomStream random, long limitNs) {
    this.trace = trace;
    this.random = random;
    this.limitNs = limitNs;
  }

  long nowNs() {
    return nowNs;
  }

  SimStrand current() {
    return current;
  }

  boolean ended() {
    return ended;
  }

  Throwable failure() {
    return failure;
  }

  long fired() {
    return fired;
  }

  long steps() {
    return steps;
  }

  List<SimStrand> strands() {
    return all;
  }

  /** Ends the run; the first failure is the one that is told. */
  void end(Throwable cause) {
    if (!ended) {
      ended = true;
      failure = cause;
    }
  }

  /** Lets a strand of an ended run unwind: it sees itself as current. */
  void unwind(SimStrand strand) {
    current = strand;
    strand.state = SimStrand.State.DONE;
  }

  /** The run is over and its strands have unwound: nobody runs. */
  void left() {
    current = null;
  }

  void at(long dueNs, Event event) {
    events.add(event, Math.max(dueNs, nowNs));
  }

  void after(long delayNs, Event event) {
    events.add(event, nowNs + Math.max(0, delayNs));
  }

  void cancel(Event event) {
    events.remove(event);
  }

  void start(SimStrand strand) {
    all.add(strand);
    makeReady(strand);
  }

  /** Puts a strand among those that may be chosen, or aside if its process is paused. */
  void makeReady(SimStrand strand) {
    events.remove(strand);
    if (strand.owner.paused()) {
      strand.state = SimStrand.State.HELD;
    } else {
      strand.state = SimStrand.State.READY;
      ready.add(strand);
    }
  }

  /** Takes a strand out of everything; it never runs again. */
  void discard(SimStrand strand) {
    events.remove(strand);
    if (strand.state == SimStrand.State.READY) {
      ready.remove(strand);
    }
    strand.state = SimStrand.State.DONE;
  }

  /** Sets a ready strand aside while its process is paused. */
  void hold(SimStrand strand) {
    if (strand.state == SimStrand.State.READY) {
      ready.remove(strand);
      strand.state = SimStrand.State.HELD;
    }
  }

  /** The running strand's step is over: fires what is due and chooses; null when the run ended. */
  SimStrand next() {
    if (current != null) {
      nowNs += STEP_MIN_NS + random.nextInt(STEP_SPREAD_NS);
      current = null;
    }
    try {
      return choose();
    } catch (Throwable broken) {
      end(broken);
      return null;
    }
  }

  private SimStrand choose() {
    boolean loaderSet = false;
    while (!ended) {
      Event first = events.peek();
      if (first != null && (first.dueNs <= nowNs || ready.isEmpty())) {
        if (!loaderSet) {
          Thread.currentThread().setContextClassLoader(hostLoader);
          loaderSet = true;
        }
        fire(events.poll());
      } else if (ready.isEmpty()) {
        throw new SimulationException(deadlock());
      } else {
        return take();
      }
    }
    return null;
  }

  private void fire(Event event) {
    if (event.dueNs > nowNs) {
      nowNs = event.dueNs;
      eventsAtOnce = 0;
      if (nowNs > limitNs) {
        throw new SimulationException(
            "the run is still going after " + limitNs / 1_000_000 + " virtual ms; " + waiting());
      }
    } else if (++eventsAtOnce > EVENTS_AT_ONCE_MAX) {
      throw new SimulationException("time stands still: endless events at once, last " + event);
    }
    fired++;
    if (trace.watched()) {
      trace.describe(event.toString());
    }
    trace.mix(nowNs, event.kind(), event.party(), fired, 0);
    event.fire();
  }

  private SimStrand take() {
    int last = ready.size() - 1;
    int index = last == 0 ? 0 : random.nextInt(last + 1);
    SimStrand chosen = ready.get(index);
    ready.set(index, ready.get(last));
    ready.remove(last);
    chosen.state = SimStrand.State.RUNNING;
    chosen.clockReads = 0;
    current = chosen;
    eventsAtOnce = 0;
    steps++;
    if (trace.watched()) {
      trace.describe(chosen.toString());
    }
    trace.mix(nowNs, TraceKind.RUN, chosen.party(), chosen.id(), 0);
    Thread.currentThread().setContextClassLoader(chosen.thread().getContextClassLoader());
    return chosen;
  }

  private String deadlock() {
    return "deadlock at " + nowNs + " ns: no strand can run and nothing will happen; " + waiting();
  }

  private String waiting() {
    StringBuilder text = new StringBuilder("waiting:");
    for (SimStrand strand : all) {
      if (!strand.done()) {
        text.append("\n  ").append(strand);
        StackTraceElement[] frames = CarrierThreads.stackOf(strand);
        for (int i = 0; i < Math.min(frames.length, 12); i++) {
          text.append("\n      at ").append(frames[i]);
        }
      }
    }
    return text.toString();
  }
}
