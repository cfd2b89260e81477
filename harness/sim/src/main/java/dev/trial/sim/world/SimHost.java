package dev.trial.sim.world;

import dev.trial.core.world.Clock;
import dev.trial.core.world.Disk;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One node process on its machine. Every event of the world is one turn of its event loop. */
final class SimHost implements Host, Timers, Network {
  private final Simulation simulation;
  private final SimNetwork network;
  private final Party party;
  private final Disk disk;
  private final RandomStream random;
  private final Map<String, RandomStream> streams = new TreeMap<>();

  /** Timers that came due while the process was paused, in that order. */
  private final List<HostTimer> overdue = new ArrayList<>();

  private final Clock clock = new HostClock();
  private boolean alive = true;

  SimHost(Simulation simulation, SimNetwork network, Party party, Disk disk, RandomStream random) {
    this.simulation = simulation;
    this.network = network;
    this.party = party;
    this.disk = disk;
    this.random = random;
  }

  Party party() {
    return party;
  }

  /** The process is gone: nothing of it runs any more. */
  void end() {
    alive = false;
    overdue.clear();
  }

  void resumed() {
    for (HostTimer timer : overdue) {
      network.at(network.nowNs(), timer);
    }
    overdue.clear();
  }

  @Override
  public String name() {
    return party.name();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Timers timers() {
    return this;
  }

  @Override
  public Network network() {
    return this;
  }

  @Override
  public Disk disk() {
    return disk;
  }

  @Override
  public RandomStream random(String concern) {
    return streams.computeIfAbsent(concern, random::fork);
  }

  @Override
  public void log(String line) {
    simulation.hostLog(party.name(), line);
  }

  @Override
  public Timer after(long delayMs, Runnable action) {
    HostTimer timer = new HostTimer(action);
    if (alive) {
      network.at(network.nowNs() + Math.max(0, delayMs) * 1_000_000L, timer);
    }
    return timer;
  }

  @Override
  public void listen(int port, Acceptor acceptor) {
    if (party.acceptors().putIfAbsent(port, acceptor) != null) {
      throw new IllegalStateException("port " + port + " of " + name() + " is taken");
    }
  }

  @Override
  public Connection connect(Address to, ConnectionListener listener) {
    return network.connect(this, to, listener);
  }

  /** Time spans as everybody measures them; the wall clock is the machine's own. */
  private final class HostClock implements Clock {
    @Override
    public long nanos() {
      return simulation.nowNs();
    }

    @Override
    public long epochMs() {
      return simulation.epochMs(party);
    }
  }

  /** A one-shot timer of this process. */
  private final class HostTimer extends Event implements Timer {
    private Runnable action;

    HostTimer(Runnable action) {
      this.action = action;
    }

    @Override
    public void cancel() {
      action = null;
      network.cancel(this);
    }

    @Override
    void fire() {
      if (!alive || action == null) {
        return;
      }
      if (party.paused()) {
        overdue.add(this);
        return;
      }
      Runnable due = action;
      action = null;
      due.run();
      network.afterDelivery(party);
    }

    @Override
    TraceKind kind() {
      return TraceKind.TIMER;
    }

    @Override
    int party() {
      return party.index();
    }

    @Override
    public String toString() {
      return "timer of " + party.name();
    }
  }
}
