package dev.trial.sim.client;

import dev.trial.core.history.Action.End;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.Recorder;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.ClientSettings;
import dev.trial.core.run.Clients;
import dev.trial.sim.log.LogBinding;
import dev.trial.sim.realm.Realm;
import dev.trial.sim.realm.RealmPool;
import dev.trial.sim.world.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Client processes in simulation. A process lives until its main and the threads started through
 * its context have ended; daemon threads of clients it left open die with it, as in a JVM. Close
 * after the simulation has ended: its realms go back to the pool then.
 */
public final class SimClients implements Clients {
  private final Simulation simulation;
  private final RealmPool pool;
  private final String version;
  private final Map<String, Realm> realms = new TreeMap<>();
  private final List<SimClient> clients = new ArrayList<>();

  /**
   * @param version of kafka-clients; a plan's parameter {@code client.version} overrides it
   */
  public SimClients(Simulation simulation, RealmPool pool, String version) {
    this.simulation = simulation;
    this.pool = pool;
    this.version = version;
  }

  @Override
  public ClientProcess start(
      ClientPlan plan,
      int process,
      int incarnation,
      Map<String, String> settings,
      Recorder recorder) {
    String wanted = plan.parameters().text("client.version", version);
    Realm realm = realms.computeIfAbsent(wanted, this::bound);
    Map<String, String> complete = ClientSettings.complete(settings, plan.name(), wanted);
    SimClient client =
        new SimClient(simulation, realm, plan, process, incarnation, complete, recorder);
    clients.add(client);
    recorder.fact(process, new Start(plan.name(), incarnation, plan.kind(), complete));
    simulation.spawnProcess(plan.name(), realm, client::main);
    return client;
  }

  private Realm bound(String wanted) {
    Realm realm = pool.borrow(wanted);
    realm.bind(simulation);
    return realm;
  }

  @Override
  public void signal(ClientProcess process, Signal signal) {
    ((SimClient) process).told(signal);
  }

  @Override
  public void kill(ClientProcess process) {
    SimClient client = (SimClient) process;
    if (client.alive()) {
      client.end(End.How.CRASHED, null);
      simulation.killProcess(client.client());
    }
  }

  @Override
  public void pause(ClientProcess process) {
    if (process.alive()) {
      simulation.pauseProcess(process.client());
    }
  }

  @Override
  public void resume(ClientProcess process) {
    if (process.alive()) {
      simulation.resumeProcess(process.client());
    }
  }

  @Override
  public List<String> refusals() {
    return List.of();
  }

  /** Outside of the simulation gives the realms back; inside it only kills what still runs. */
  @Override
  public void close() {
    if (simulation.current() != null) {
      clients.forEach(this::kill);
      return;
    }
    realms.forEach(
        (used, realm) -> {
          realm.unbind();
          pool.giveBack(used, realm);
        });
    realms.clear();
    LogBinding.unbind();
  }
}
