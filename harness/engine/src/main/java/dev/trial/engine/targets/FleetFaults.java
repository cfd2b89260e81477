package dev.trial.engine.targets;

import dev.trial.core.run.ClientFleet;
import dev.trial.nemesis.ClientFaults;
import java.util.List;

/** Lets the nemesis at the client processes of a run. */
public final class FleetFaults implements ClientFaults {
  private final ClientFleet fleet;
  private final List<String> names;

  /** {@code names} are those of the plan, started or not. */
  public FleetFaults(ClientFleet fleet, List<String> names) {
    this.fleet = fleet;
    this.names = List.copyOf(names);
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public boolean running(String client) {
    return fleet.running(client);
  }

  @Override
  public void kill(String client) {
    fleet.kill(client);
  }

  @Override
  public void stop(String client) {
    fleet.stop(client);
  }

  @Override
  public void restart(String client) {
    fleet.restart(client);
  }

  @Override
  public void pause(String client) {
    fleet.pause(client);
  }

  @Override
  public void resume(String client) {
    fleet.resume(client);
  }
}
