package dev.trial.app.live;

import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunRecorder;
import dev.trial.engine.targets.LinkWiring;
import dev.trial.live.kafka.KafkaCluster;
import dev.trial.live.kafka.KafkaVersion;
import dev.trial.live.kafka.ProcessHosting;
import dev.trial.live.process.Launcher;
import dev.trial.live.world.LiveWorld;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Apache Kafka's own nodes with nothing between them, for programs that know nothing of Trial. */
public final class PlainKafka implements AutoCloseable {
  private final LiveWorld world = new LiveWorld(1);
  private final LinkWiring wiring = new LinkWiring(List::of);
  private final Launcher launcher;
  private final KafkaCluster cluster;

  /** Starts it; {@code directory} gets what its nodes write. */
  public PlainKafka(String version, Profile profile, Path directory) {
    launcher = new Launcher(directory.resolve("logs"));
    KafkaVersion release = KafkaVersion.of(version);
    Path data = directory.resolve("data");
    cluster =
        new KafkaCluster(
            release,
            profile,
            world,
            new RunRecorder(world.clock(), operation -> {}),
            new ProcessHosting(release, world, (from, to, address) -> address, launcher, data),
            wiring.links(),
            data);
    cluster.start();
  }

  /** How a client finds it. */
  public Map<String, Object> settings() {
    return Map.of("bootstrap.servers", cluster.bootstrapServers());
  }

  @Override
  public void close() {
    cluster.close();
    launcher.close();
    wiring.close();
    world.close();
  }
}
