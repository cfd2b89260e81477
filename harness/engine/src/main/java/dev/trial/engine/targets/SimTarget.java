package dev.trial.engine.targets;

import dev.trial.broker.cluster.ReferenceCluster;
import dev.trial.broker.cluster.ReferenceClusterOptions;
import dev.trial.broker.controller.UnheededSettings;
import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.wire.NodeServer;
import dev.trial.core.cluster.Cluster;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import dev.trial.core.run.Clients;
import dev.trial.core.run.Environment;
import dev.trial.core.run.PhaseTimes;
import dev.trial.core.run.RunRecorder;
import dev.trial.core.run.RunSpec;
import dev.trial.core.world.World;
import dev.trial.sim.client.SimClients;
import dev.trial.sim.realm.ClientJars;
import dev.trial.sim.realm.RealmPool;
import dev.trial.sim.world.Simulation;
import dev.trial.sim.world.SimulationListener;
import dev.trial.sim.world.SimulationOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Real clients and the reference cluster on virtual time. */
public final class SimTarget implements Target {
  private final RealmPool realms;
  private final UnaryOperator<SimulationOptions> options;
  private final Consumer<Simulation> watcher;

  /**
   * A target whose realms are used again from run to run.
   *
   * @param cacheDirectory where rewritten client classes are kept between runs of the program
   * @param options changes the options of each simulation (a probe, another carrier)
   */
  public SimTarget(Path cacheDirectory, UnaryOperator<SimulationOptions> options) {
    this(cacheDirectory, options, simulation -> {});
  }

  /** The same, and {@code watcher} sees each simulation before its run begins. */
  SimTarget(
      Path cacheDirectory, UnaryOperator<SimulationOptions> options, Consumer<Simulation> watcher) {
    this.watcher = watcher;
    this.realms = new RealmPool(new ClientJars(), cacheDirectory, List.of());
    this.options = options;
  }

  @Override
  public String name() {
    return RunSpec.SIMULATION;
  }

  @Override
  public boolean simulated() {
    return true;
  }

  @Override
  public PhaseTimes times() {
    return PhaseTimes.SIMULATED;
  }

  @Override
  public Optional<String> refusal(FaultKind fault) {
    return Optional.empty();
  }

  @Override
  public Opened open(RunSpec spec, OperationSink sink, Path directory) {
    Simulation simulation = new Simulation(options.apply(new SimulationOptions(spec.seed())));
    RunRecorder recorder =
        new RunRecorder(
            simulation.world().clock(),
            operation ->
                simulation.trace(
                    operation.action().name(), operation.index(), sink.add(operation)));
    watcher.accept(simulation);
    simulation.listener(listener(recorder));
    simulation.refusal(new KafkaRefusal());
    ReferenceCluster cluster =
        new ReferenceCluster(
            new ReferenceClusterOptions(spec.profile(), new Defects(defects(spec.mutants()))),
            simulation.world(),
            simulation.machines(),
            recorder);
    simulation.afterEvent(cluster::checkInvariants);
    SimClients clients = new SimClients(simulation, realms, spec.client());
    return new Opened(new Simulated(simulation, cluster, clients), recorder);
  }

  /** The defects of those names. */
  static Set<Defect> defects(List<String> mutants) {
    Set<Defect> on = EnumSet.noneOf(Defect.class);
    Arrays.stream(Defect.values()).filter(each -> mutants.contains(each.id())).forEach(on::add);
    return on;
  }

  private static SimulationListener listener(RunRecorder recorder) {
    return new SimulationListener() {
      @Override
      public void oracle(String party, String oracle, String detail) {
        recorder.fact(Operation.HARNESS, new Action.Oracle(oracle, party, detail));
      }

      @Override
      public void hostLog(String machine, String line) {
        if (line.startsWith(NodeServer.REFUSAL) || line.startsWith(UnheededSettings.PREFIX)) {
          recorder.fact(Operation.HARNESS, new Action.Note(machine + ": " + line));
        }
      }
    };
  }

  @Override
  public void close() {
    realms.close();
  }

  private record Simulated(Simulation simulation, Cluster cluster, Clients clients)
      implements Environment {
    @Override
    public World world() {
      return simulation.world();
    }

    @Override
    public void execute(Runnable body) {
      simulation.execute(body);
    }

    @Override
    public String traceHash() {
      return simulation.traceHash();
    }

    @Override
    public void close() {
      clients.close();
    }
  }
}
