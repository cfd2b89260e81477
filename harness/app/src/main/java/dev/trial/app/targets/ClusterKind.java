package dev.trial.app.targets;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.fault.FaultKind;
import java.util.Optional;

/** A kind of cluster on real time. */
interface ClusterKind {

  /** The target's name as typed. */
  String name();

  /** Why such a cluster cannot suffer a fault; empty if it can. */
  Optional<String> refusal(FaultKind fault);

  /** A cluster for one run; not started. */
  Cluster make(LiveRun run);
}
