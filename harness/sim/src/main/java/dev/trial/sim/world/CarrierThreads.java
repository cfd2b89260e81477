package dev.trial.sim.world;

import java.util.concurrent.locks.LockSupport;

/**
 * One platform thread per strand; whoever holds the baton runs. Threads are not reused, so that no
 * thread-local of one strand is seen by the next.
 */
final class CarrierThreads implements StrandCarrier {
  private static final long STUCK_CHECK_NS = 1_000_000_000L;
  private static final int STUCK_CHECKS_MAX = 20;
  private static final long UNWIND_MAX_MS = 2_000;
  private static final long UNWIND_LOOK_MS = 10;
  private static final int TIMES_TOLD_MAX = 1_000;

  private final Simulation simulation;
  private int abandoned;
  private volatile boolean over;
  private volatile Thread driver;
  private volatile Baton holder;

  CarrierThreads(Simulation simulation) {
    this.simulation = simulation;
  }

  @Override
  public void drive(SimStrand first) {
    driver = Thread.currentThread();
    pass(first);
    int blocked = 0;
    while (!over) {
      LockSupport.parkNanos(this, STUCK_CHECK_NS);
      blocked = blockedOutside() ? blocked + 1 : 0;
      if (!over && blocked >= STUCK_CHECKS_MAX) {
        StackTraceElement[] frames = holder.thread.getStackTrace();
        SimulationException stuck =
            new SimulationException(
                holder.strand + " blocks its thread outside of the simulation; its stack is below");
        stuck.setStackTrace(frames);
        throw stuck;
      }
    }
  }

  /**
   * True when the running strand waits for something that is not simulated. One that a busy machine
   * has not let run since it got the baton still waits for that.
   */
  private boolean blockedOutside() {
    Baton baton = holder;
    Thread.State state = baton.thread.getState();
    return !over
        && baton.turn
        && LockSupport.getBlocker(baton.thread) != baton
        && (state == Thread.State.BLOCKED
            || state == Thread.State.WAITING
            || state == Thread.State.TIMED_WAITING);
  }

  @Override
  public void handOver(SimStrand self, SimStrand next) {
    Baton own = (Baton) self.carried;
    own.turn = false;
    pass(next);
    own.await();
  }

  private void pass(SimStrand next) {
    if (next == null) {
      over = true;
      LockSupport.unpark(driver);
      return;
    }
    if (next.carried == null) {
      next.carried = new Baton(next);
    }
    Baton baton = (Baton) next.carried;
    holder = baton;
    baton.turn = true;
    if (baton.thread.getState() == Thread.State.NEW) {
      baton.thread.start();
    } else {
      LockSupport.unpark(baton.thread);
    }
  }

  @Override
  public void unwind() {
    for (SimStrand strand : simulation.scheduler().strands()) {
      Baton baton = (Baton) strand.carried;
      if (baton != null && baton.thread.isAlive()) {
        simulation.scheduler().unwind(strand);
        baton.turn = true;
        LockSupport.unpark(baton.thread);
        abandoned += baton.ends() ? 0 : 1;
      }
    }
  }

  /** Code that swallows every end of its strand would spin for ever: it is put to sleep. */
  @Override
  public void unwinding(SimStrand strand) {
    Baton own = (Baton) strand.carried;
    if (++own.timesTold > TIMES_TOLD_MAX) {
      own.hopeless = true;
      while (own.hopeless) {
        LockSupport.park(own);
      }
    }
  }

  @Override
  public int abandoned() {
    return abandoned;
  }

  /** Where a parked strand waits; empty if its carrier can't tell. */
  static StackTraceElement[] stackOf(SimStrand strand) {
    return strand.carried instanceof Baton
        ? ((Baton) strand.carried).thread.getStackTrace()
        : new StackTraceElement[0];
  }

  /** A strand's thread and whether it is its turn. */
  private final class Baton implements Runnable {
    private final SimStrand strand;
    private final Thread thread;
    private volatile boolean turn;
    private volatile boolean hopeless;
    private int timesTold;

    Baton(SimStrand strand) {
      this.strand = strand;
      this.thread = new Thread(this, "strand-" + strand.id() + "-" + strand.thread().getName());
      thread.setDaemon(true);
    }

    @Override
    public void run() {
      thread.setContextClassLoader(strand.thread().getContextClassLoader());
      simulation.runBody(strand);
      if (!over) {
        turn = false;
        pass(simulation.scheduler().next());
      }
    }

    /** Waits for the thread to end; false if it won't. */
    boolean ends() {
      try {
        for (long waitedMs = 0; waitedMs < UNWIND_MAX_MS && !hopeless; waitedMs += UNWIND_LOOK_MS) {
          thread.join(UNWIND_LOOK_MS);
          if (!thread.isAlive()) {
            return true;
          }
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      return false;
    }

    void await() {
      while (!turn) {
        LockSupport.park(this);
      }
    }
  }
}
