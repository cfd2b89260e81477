package dev.trial.app.live.scale;

import dev.trial.app.live.PlainKafka;
import dev.trial.core.profile.Profile;
import dev.trial.engine.targets.StandingCluster;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** A cluster to be measured: three brokers, three controllers, nothing between them and clients. */
final class MeasuredCluster implements AutoCloseable {
  /** Kafka's own defaults where Trial's clusters have others. */
  private static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("offsets.topic.num.partitions", 50)
          .broker("group.initial.rebalance.delay.ms", 3_000);

  private final String name;
  private final Deque<Runnable> closings = new ArrayDeque<>();
  private String bootstrapServers;

  private MeasuredCluster(String name) {
    this.name = name;
  }

  /** The reference cluster, as {@code trial cluster} runs it, in this process. */
  static MeasuredCluster reference() {
    MeasuredCluster started = new MeasuredCluster("reference");
    StandingCluster cluster = StandingCluster.start(PROFILE, 0);
    started.closings.push(cluster::close);
    started.bootstrapServers = cluster.bootstrapServers();
    return started;
  }

  /** Real Kafka, a process for each node. */
  static MeasuredCluster kafka(String version, Path directory) {
    MeasuredCluster started = new MeasuredCluster("kafka " + version);
    PlainKafka cluster = new PlainKafka(version, PROFILE, directory);
    started.closings.push(cluster::close);
    started.bootstrapServers = cluster.settings().get("bootstrap.servers").toString();
    return started;
  }

  String name() {
    return name;
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    closings.forEach(Runnable::run);
  }
}
