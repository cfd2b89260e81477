package dev.trial.sim.world;

import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The client processes by name; of each name, one incarnation at a time. */
final class SimProcesses {
  private final Simulation simulation;
  private final SimNetwork network;
  private final RandomStream root;
  private final Map<String, SimProcess> latest = new TreeMap<>();
  private final Map<String, Integer> incarnations = new TreeMap<>();

  SimProcesses(Simulation simulation, SimNetwork network, RandomStream root) {
    this.simulation = simulation;
    this.network = network;
    this.root = root;
  }

  void spawn(String name, ClassLoader context, Runnable main) {
    if (alive(name)) {
      throw new IllegalStateException("process " + name + " is still alive: kill it first");
    }
    int incarnation = incarnations.merge(name, 1, Integer::sum);
    RandomStream entropy = root.fork("process:" + name + "#" + incarnation);
    Party party = network.party(name);
    party.paused(false);
    SimProcess process = new SimProcess(name, party, entropy, context);
    latest.put(name, process);
    network.note(TraceKind.PROCESS, party, incarnation, "starts");
    simulation.start(process, new Thread(name), main);
  }

  void kill(String name) {
    SimProcess process = latest.get(name);
    if (process == null || !process.alive()) {
      return;
    }
    network.note(TraceKind.PROCESS, process.party(), -1, "killed");
    process.markKilled();
    SimStrand self = simulation.scheduler().current();
    List<SimStrand> strands = new ArrayList<>(process.strands());
    process.strands().clear();
    for (SimStrand strand : strands) {
      simulation.scheduler().discard(strand);
    }
    for (SimStrand strand : strands) {
      strand.takeJoiners().forEach(simulation::unpark);
    }
    process.party().paused(false);
    network.closeAll(process.party());
    if (self != null && self.owner == process) {
      simulation.leave(self);
    }
  }

  void pause(String name) {
    SimProcess process = latest.get(name);
    if (process == null || !process.alive() || process.paused()) {
      return;
    }
    network.note(TraceKind.PROCESS, process.party(), -2, "paused");
    process.party().paused(true);
    process.strands().forEach(simulation.scheduler()::hold);
    SimStrand self = simulation.scheduler().current();
    if (self != null && self.owner == process) {
      simulation.scheduler().makeReady(self);
      simulation.leave(self);
    }
  }

  void resume(String name) {
    SimProcess process = latest.get(name);
    if (process == null || !process.alive() || !process.paused()) {
      return;
    }
    network.note(TraceKind.PROCESS, process.party(), -3, "resumed");
    process.party().paused(false);
    for (SimStrand strand : process.strands()) {
      if (strand.state == SimStrand.State.HELD) {
        simulation.scheduler().makeReady(strand);
      }
    }
    network.wake(process.party());
  }

  boolean alive(String name) {
    SimProcess process = latest.get(name);
    return process != null && process.alive();
  }

  /** The last strand's end is the process's end: its kernel closes what it left open. */
  void strandEnded(SimProcess process) {
    if (!process.harness() && process.strands().isEmpty() && !process.killed()) {
      process.markKilled();
      network.closeAll(process.party());
    }
  }
}
