package dev.trial.sim.world;

import dev.trial.sim.kernel.Strand;
import java.util.ArrayList;
import java.util.List;

/** A simulated thread and where it stands with the scheduler. */
final class SimStrand extends Event implements Strand {
  final Simulation simulation;
  final SimProcess owner;
  final Runnable body;
  private final int id;
  private final Thread thread;
  private final List<SimStrand> joiners = new ArrayList<>(1);

  State state = State.READY;
  boolean permit;
  boolean late;

  /** What the carrier keeps for it: its OS thread or its continuation. */
  Object carried;

  /** Clock reads since it last handed over. */
  int clockReads;

  /** How often in a row it was made to pause for reading the clock. */
  int clockPauses;

  /** How often in a row it yielded without anything having happened for it. */
  int yields;

  SimStrand(Simulation simulation, SimProcess owner, int id, Thread thread, Runnable body) {
    this.simulation = simulation;
    this.owner = owner;
    this.id = id;
    this.thread = thread;
    this.body = body;
  }

  /** Where a strand stands. */
  enum State {
    /** Waits to be chosen. */
    READY,
    /** Would be ready if its process were not paused. */
    HELD,
    RUNNING,
    PARKED,
    DONE
  }

  @Override
  public int id() {
    return id;
  }

  @Override
  public Thread thread() {
    return thread;
  }

  @Override
  public String process() {
    return owner.name();
  }

  @Override
  public boolean done() {
    return state == State.DONE;
  }

  @Override
  public void joinedBy(Strand waiter) {
    if (done()) {
      simulation.unpark(waiter);
    } else {
      joiners.add((SimStrand) waiter);
    }
  }

  List<SimStrand> takeJoiners() {
    List<SimStrand> taken = List.copyOf(joiners);
    joiners.clear();
    return taken;
  }

  /** The deadline of a park has come. */
  @Override
  void fire() {
    late = true;
    simulation.scheduler().makeReady(this);
  }

  @Override
  TraceKind kind() {
    return TraceKind.WAKE;
  }

  @Override
  int party() {
    return owner.partyIndex();
  }

  @Override
  public String toString() {
    return "strand " + id + " " + thread.getName() + " of " + owner.name() + " (" + state + ")";
  }
}
