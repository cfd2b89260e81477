package dev.trial.engine.shrink;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.fault.Role;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunSpec;
import java.util.ArrayList;
import java.util.List;

/** Fewer brokers and controllers. */
record SmallerCluster() implements Reduction {

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

  private static RunSpec with(RunSpec spec, ClusterShape shape) {
    Profile profile = spec.profile();
    return spec.withProfile(
        new Profile(
            shape, profile.broker(), profile.topic(), profile.producer(), profile.consumer()));
  }
}
