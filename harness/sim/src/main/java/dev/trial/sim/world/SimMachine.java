package dev.trial.sim.world;

import dev.trial.core.world.DiskFaults;
import dev.trial.core.world.Host;
import dev.trial.core.world.Machine;
import dev.trial.core.world.RandomStream;
import java.util.function.Function;
import java.util.function.Supplier;

/** A simulated machine: a disk that stays, and at most one node process. */
final class SimMachine implements Machine {
  private final Simulation simulation;
  private final SimNetwork network;
  private final Party party;
  private final RandomStream random;
  private final SimDisk disk;
  private int boots;

  SimMachine(Simulation simulation, SimNetwork network, Party party, RandomStream random) {
    this.simulation = simulation;
    this.network = network;
    this.party = party;
    this.random = random;
    this.disk = new SimDisk(random.fork("disk"), network::nowNs, party::holdUntil);
  }

  @Override
  public DiskFaults diskFaults() {
    return disk;
  }

  @Override
  public String name() {
    return party.name();
  }

  @Override
  public <N> N boot(Function<Host, N> program) {
    if (running()) {
      throw new IllegalStateException(name() + " is running: kill it before it boots again");
    }
    boots++;
    network.note(TraceKind.MACHINE, party, boots, "boots");
    SimHost host = new SimHost(simulation, network, party, disk, random.fork("boot:" + boots));
    party.host(host);
    party.paused(false);
    boolean hadNoPower = !party.powered();
    party.powered(true);
    N node = program.apply(host);
    if (hadNoPower) {
      network.retransmitTo(party);
    }
    return node;
  }

  @Override
  public void kill() {
    if (running()) {
      network.note(TraceKind.MACHINE, party, -1, "killed");
      end();
      network.resetAll(party);
    }
  }

  @Override
  public void losePower() {
    network.note(TraceKind.MACHINE, party, -2, "loses power");
    if (running()) {
      end();
    }
    party.powered(false);
    network.loseAll(party);
    disk.losePower();
  }

  private void end() {
    party.host().end();
    party.host(null);
    party.paused(false);
  }

  @Override
  public void pause() {
    if (running() && !party.paused()) {
      network.note(TraceKind.MACHINE, party, -3, "paused");
      party.paused(true);
    }
  }

  @Override
  public void resume() {
    if (running() && party.paused()) {
      network.note(TraceKind.MACHINE, party, -4, "resumed");
      party.paused(false);
      party.host().resumed();
      network.wake(party);
    }
  }

  @Override
  public boolean running() {
    return party.host() != null;
  }

  @Override
  public <T> T observe(Supplier<T> action) {
    return action.get();
  }
}
