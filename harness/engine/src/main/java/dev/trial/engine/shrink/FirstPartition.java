package dev.trial.engine.shrink;

import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.run.RunSpec;
import java.util.List;

/** Faults that hit the replicas of a partition, aimed at those of its topic's first one. */
final class FirstPartition {

  private FirstPartition() {}

  static RunSpec of(RunSpec spec) {
    List<ScheduledFault> faults =
        spec.faults().stream()
            .map(
                each ->
                    new ScheduledFault(each.atMs(), each.lengthMs(), each.fault(), of(each.whom())))
            .toList();
    return spec.withFaults(faults);
  }

  private static Role of(Role role) {
    if (role instanceof Role.Leader leader) {
      return new Role.Leader(leader.topic(), 0);
    }
    if (role instanceof Role.LoneLeader leader) {
      return new Role.LoneLeader(leader.topic(), 0);
    }
    if (role instanceof Role.Follower follower) {
      return new Role.Follower(follower.topic(), 0, follower.inSync());
    }
    if (role instanceof Role.Followers followers) {
      return new Role.Followers(followers.topic(), 0);
    }
    if (role instanceof Role.InSyncReplicas replicas) {
      return new Role.InSyncReplicas(replicas.topic(), 0);
    }
    return role;
  }
}
