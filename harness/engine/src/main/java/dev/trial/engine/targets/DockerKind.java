package dev.trial.engine.targets;

import dev.trial.containers.ContainerHosting;
import dev.trial.containers.ContainersException;
import dev.trial.containers.Engine;
import dev.trial.containers.KafkaImage;
import dev.trial.containers.ToxiproxySource;
import dev.trial.core.cluster.Cluster;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.input.UsageException;
import dev.trial.core.profile.Profile;
import dev.trial.live.kafka.IgnoredSettings;
import dev.trial.live.kafka.KafkaCluster;
import dev.trial.nemesis.proxy.LinkRegistry;
import dev.trial.nemesis.proxy.ToxiproxyLinks;
import java.util.Optional;

/**
 * Somebody's image of Kafka: nodes in containers, every link through Toxiproxy. Faults on single
 * messages are done on this machine, by the proxies that clients meet first.
 */
final class DockerKind implements ClusterKind {
  private final Engine engine;
  private final KafkaImage image;
  private final ToxiproxySource toxiproxy;

  private DockerKind(Engine engine, KafkaImage image, ToxiproxySource toxiproxy) {
    this.engine = engine;
    this.image = image;
    this.toxiproxy = toxiproxy;
  }

  /** Looks into the image; what is wrong with it is told before any run. */
  static DockerKind of(String image) {
    try {
      Engine engine = Engine.reach();
      return new DockerKind(engine, KafkaImage.of(engine, image), ToxiproxySource.of(engine));
    } catch (ContainersException.Named refused) {
      throw new UsageException("--target " + Targets.DOCKER + image + ": " + refused.getMessage());
    }
  }

  @Override
  public String name() {
    return Targets.DOCKER + image.name();
  }

  @Override
  public Optional<String> refusal(FaultKind fault) {
    return KafkaCluster.refused(fault);
  }

  @Override
  public Optional<String> refusal(Profile profile) {
    return IgnoredSettings.of(image.version(), profile);
  }

  @Override
  public Cluster make(LiveRun run) {
    LinkRegistry registry = new LinkRegistry();
    ContainerHosting hosting =
        new ContainerHosting(
            engine,
            image,
            run.spec().profile().shape(),
            toxiproxy,
            run.wiring()::proxy,
            registry,
            run.logs());
    return new KafkaCluster(
        image.version(),
        run.spec().profile(),
        run.world(),
        run.recorder(),
        hosting,
        new ToxiproxyLinks(
            hosting.toxiproxy(), registry, run.wiring().clients(), run.wiring().links()),
        run.data());
  }
}
