package dev.trial.engine.targets;

import dev.trial.broker.cluster.ReferenceCluster;
import dev.trial.broker.cluster.ReferenceClusterOptions;
import dev.trial.broker.defect.Defects;
import dev.trial.core.cluster.Cluster;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.world.RandomStream;
import dev.trial.live.machine.LiveMachines;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

/** The reference cluster live: the same nodes, in this JVM, over TCP on loopback. */
final class ReferenceKind implements ClusterKind {
  private static final String FAILED = " FAILED ";

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Optional<String> refusal(FaultKind fault) {
    if (FaultKind.ofDisk().contains(fault)) {
      return Optional.of("a disk of this machine cannot be made to fail; simulation can");
    }
    if (FaultKind.ofClock().contains(fault)) {
      return Optional.of(
          "nodes and clients share this machine's wall clock, which nobody may set; simulation"
              + " can");
    }
    return fault == FaultKind.POWER_LOSS
        ? Optional.of("files of this machine cannot lose what was not flushed; simulation can")
        : Optional.empty();
  }

  @Override
  public Cluster make(LiveRun run) {
    NodeLog log = run.closings().add(new NodeLog(run), NodeLog::close);
    LiveMachines machines =
        run.closings()
            .add(
                new LiveMachines(
                    run.data(),
                    run.world().clock(),
                    run.wiring().routes(),
                    run.wiring().links(),
                    new RandomStream(run.spec().seed()),
                    log::line),
                LiveMachines::close);
    ReferenceClusterOptions options =
        new ReferenceClusterOptions(
            run.spec().profile(), new Defects(SimTarget.defects(run.spec().mutants())));
    return new ReferenceCluster(options, run.world(), machines, run.recorder());
  }

  /** The nodes' lines, in one file. */
  private static final class NodeLog {
    private final LiveRun run;
    private final BufferedWriter file;

    NodeLog(LiveRun run) {
      this.run = run;
      try {
        this.file = Files.newBufferedWriter(run.logs().resolve("nodes.log"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    synchronized void line(String line) {
      if (line.contains(FAILED)) {
        run.failures().accept(line);
      }
      try {
        file.write(run.world().clock().millis() + " " + line + "\n");
        file.flush();
      } catch (IOException e) {
        run.failures().accept("nodes.log: " + e.getMessage());
      }
    }

    synchronized void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
