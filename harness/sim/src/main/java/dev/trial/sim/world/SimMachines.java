package dev.trial.sim.world;

import dev.trial.core.fault.Links;
import dev.trial.core.fault.WallClocks;
import dev.trial.core.world.Machine;
import dev.trial.core.world.Machines;
import dev.trial.core.world.RandomStream;
import java.util.Map;
import java.util.TreeMap;

/** The machines of one simulation, by name. */
final class SimMachines implements Machines {
  private final Simulation simulation;
  private final SimNetwork network;
  private final SimLinks links;
  private final SimClocks clocks;
  private final RandomStream random;
  private final Map<String, SimMachine> machines = new TreeMap<>();

  SimMachines(Simulation simulation, SimNetwork network, SimLinks links, RandomStream root) {
    this.simulation = simulation;
    this.network = network;
    this.links = links;
    this.clocks = new SimClocks(network);
    this.random = root.fork("machines");
  }

  @Override
  public Machine machine(String name) {
    return machines.computeIfAbsent(
        name,
        unused -> new SimMachine(simulation, network, network.party(name), random.fork(name)));
  }

  @Override
  public Links links() {
    return links;
  }

  @Override
  public WallClocks clocks() {
    return clocks;
  }
}
