package dev.trial.app.live;

import dev.trial.broker.cluster.ReferenceCluster;
import dev.trial.broker.cluster.ReferenceClusterOptions;
import dev.trial.broker.defect.Defects;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunRecorder;
import dev.trial.core.world.RandomStream;
import dev.trial.live.machine.DirectRoutes;
import dev.trial.live.machine.LiveMachines;
import dev.trial.live.world.LiveWorld;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** A reference cluster over TCP, for programs that know nothing of Trial. */
public final class PlainCluster implements AutoCloseable {
  /** Its settings: those of a small cluster. */
  public static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("broker.session.timeout.ms", 6_000)
          .broker("broker.heartbeat.interval.ms", 1_000)
          .broker("controller.quorum.fetch.timeout.ms", 6_000)
          .broker("controller.quorum.election.timeout.ms", 3_000)
          .broker("transaction.state.log.num.partitions", 3)
          .broker("offsets.topic.num.partitions", 3)
          .broker("group.initial.rebalance.delay.ms", 0);

  private final LiveWorld world;
  private final LiveMachines machines;
  private final ReferenceCluster cluster;

  /** Starts it; {@code nodes} gets what its disks hold. */
  public PlainCluster(Path nodes, long seed) {
    this(nodes, seed, line -> {});
  }

  /** Starts it; {@code log} gets its nodes' lines. */
  public PlainCluster(Path nodes, long seed, Consumer<String> log) {
    world = new LiveWorld(seed);
    machines =
        new LiveMachines(
            nodes, world.clock(), new DirectRoutes(), null, new RandomStream(seed), log);
    RunRecorder recorder = new RunRecorder(world.clock(), operation -> {});
    cluster =
        new ReferenceCluster(
            new ReferenceClusterOptions(PROFILE, Defects.NONE), world, machines, recorder);
    cluster.start();
  }

  public ReferenceCluster cluster() {
    return cluster;
  }

  /** How a client finds it. */
  public Map<String, Object> settings() {
    return Map.of("bootstrap.servers", cluster.bootstrapServers());
  }

  @Override
  public void close() {
    cluster.close();
    machines.close();
    world.close();
  }
}
