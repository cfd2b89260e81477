package dev.trial.engine.targets;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.profile.Profile;
import dev.trial.live.kafka.IgnoredSettings;
import dev.trial.live.kafka.KafkaCluster;
import dev.trial.live.kafka.KafkaVersion;
import dev.trial.live.kafka.ProcessHosting;
import java.util.Optional;

/** Real Kafka: brokers and controllers of a released version as processes of this machine. */
final class KafkaKind implements ClusterKind {
  private final KafkaVersion version;

  KafkaKind(KafkaVersion version) {
    this.version = version;
  }

  @Override
  public String name() {
    return Targets.KAFKA + version.text();
  }

  @Override
  public Optional<String> refusal(FaultKind fault) {
    return KafkaCluster.refused(fault);
  }

  @Override
  public Optional<String> refusal(Profile profile) {
    return IgnoredSettings.of(version, profile);
  }

  @Override
  public Cluster make(LiveRun run) {
    return new KafkaCluster(
        version,
        run.spec().profile(),
        run.world(),
        run.recorder(),
        new ProcessHosting(version, run.world(), run.wiring()::proxy, run.launcher(), run.data()),
        run.wiring().links(),
        run.data());
  }
}
