package dev.trial.engine.shrink;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.fault.Role;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Fewer brokers and controllers. */
record SmallerCluster() implements Reduction {
  /** How many replicas topics of the cluster itself have. */
  static final List<String> INTERNAL =
      List.of("offsets.topic.replication.factor", "transaction.state.log.replication.factor");

  private static final String DEFAULT = "3";

  @Override
  public String what() {
    return "nodes";
  }

  @Override
  public List<RunSpec> of(RunSpec spec) {
    ClusterShape shape = spec.profile().shape();
    List<RunSpec> smaller = new ArrayList<>();
    for (int brokers = 1; brokers < shape.brokers(); brokers++) {
      if (names(spec) <= brokers) {
        smaller.add(with(spec, new ClusterShape(brokers, shape.controllers())));
      }
    }
    for (int controllers = 1; controllers < shape.controllers(); controllers += 2) {
      smaller.add(with(spec, new ClusterShape(shape.brokers(), controllers)));
    }
    return smaller;
  }

  /** The highest id of a broker that a fault names. */
  private static int names(RunSpec spec) {
    return spec.faults().stream()
        .mapToInt(each -> each.whom() instanceof Role.Broker broker ? broker.id() : 0)
        .max()
        .orElse(0);
  }

  /**
   * Topics of the cluster itself need as many brokers as they are to have replicas: where they
   * cannot be made no coordinator is there for anybody, and the run tells nothing once the anomaly
   * is mended.
   */
  private static RunSpec with(RunSpec spec, ClusterShape shape) {
    Map<String, String> broker = new TreeMap<>(spec.profile().broker());
    for (String setting : INTERNAL) {
      int replicas = Integer.parseInt(broker.getOrDefault(setting, DEFAULT));
      if (replicas > shape.brokers()) {
        broker.put(setting, String.valueOf(shape.brokers()));
      }
    }
    Profile profile = spec.profile();
    return spec.withProfile(
        new Profile(shape, broker, profile.topic(), profile.producer(), profile.consumer()));
  }
}
