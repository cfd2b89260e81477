package dev.trial.engine.targets;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.profile.Profile;
import java.util.Optional;

/** A kind of cluster on real time. */
interface ClusterKind {

  /** The target's name as typed. */
  String name();

  /** Why such a cluster cannot suffer a fault; empty if it can. */
  Optional<String> refusal(FaultKind fault);

  /** Why such a cluster proves nothing under these settings; empty if it does. */
  default Optional<String> refusal(Profile profile) {
    return Optional.empty();
  }

  /** A cluster for one run; not started. */
  Cluster make(LiveRun run);
}
