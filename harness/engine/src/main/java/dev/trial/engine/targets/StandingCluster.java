package dev.trial.engine.targets;

import dev.trial.broker.cluster.ReferenceCluster;
import dev.trial.broker.cluster.ReferenceClusterOptions;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.wire.NodeServer;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.history.Action;
import dev.trial.core.history.Recorder;
import dev.trial.core.history.Stage;
import dev.trial.core.input.UsageException;
import dev.trial.core.profile.Profile;
import dev.trial.core.world.RandomStream;
import dev.trial.live.machine.DirectRoutes;
import dev.trial.live.machine.LiveMachines;
import dev.trial.live.world.LiveWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The reference cluster over TCP without a trial around it, for any Kafka client. */
public final class StandingCluster implements AutoCloseable {
  private final Closings parts = new Closings();
  private final ReferenceCluster cluster;

  private StandingCluster(Profile profile, int port) throws IOException {
    Path data = parts.add(Files.createTempDirectory("trial-cluster"), Disks::remove);
    LiveWorld world = parts.add(new LiveWorld(port), LiveWorld::close);
    LiveMachines machines =
        parts.add(
            new LiveMachines(
                data,
                world.clock(),
                new DirectRoutes(),
                null,
                new RandomStream(port),
                System.err::println),
            LiveMachines::close);
    for (int id = 1; id <= profile.shape().brokers() && port > 0; id++) {
      fixPort(machines, id, port + id - 1);
    }
    ReferenceClusterOptions options = new ReferenceClusterOptions(profile, Defects.NONE);
    this.cluster =
        parts.add(
            new ReferenceCluster(options, world, machines, new Nobody()), ReferenceCluster::close);
  }

  /**
   * Starts a cluster and waits until it serves.
   *
   * @param port of the first broker, the others follow; 0 for any
   * @throws UsageException if a port is not free
   */
  public static StandingCluster start(Profile profile, int port) {
    try {
      StandingCluster standing = new StandingCluster(profile, port);
      standing.cluster.start();
      return standing;
    } catch (IOException e) {
      throw new UncheckedIOException("no place for the disks of the nodes", e);
    }
  }

  private void fixPort(LiveMachines machines, int broker, int port) {
    try {
      machines.fixPort(ClusterShape.brokerName(broker), NodeServer.BROKER_PORT, port);
    } catch (UncheckedIOException taken) {
      parts.close();
      throw new UsageException(
          "port "
              + port
              + " for broker "
              + broker
              + " is in use: choose the first of a free range with --port, or 0 for any");
    }
  }

  /** What a client gives as bootstrap.servers. */
  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  @Override
  public synchronized void close() {
    parts.close();
  }

  /** Nobody reads what this cluster does. */
  private static final class Nobody implements Recorder {
    @Override
    public long invoke(int process, Action action) {
      return 0;
    }

    @Override
    public void complete(int process, long invocation, Stage stage, Action action) {}

    @Override
    public void fact(int process, Action action) {}
  }
}
