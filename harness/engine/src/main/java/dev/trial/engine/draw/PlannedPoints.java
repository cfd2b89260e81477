package dev.trial.engine.draw;

import dev.trial.claims.ProfilePart;
import dev.trial.claims.Profiles;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.coverage.Dimension;
import dev.trial.engine.coverage.FaultPoint;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a run is made to touch, as points of the coverage table: DIMENSION:POINT. */
final class PlannedPoints {

  private PlannedPoints() {}

  static SortedSet<String> ofClaim(String about, RunSpec spec) {
    SortedSet<String> points = new TreeSet<>();
    points.add(Dimension.CLAIM.point(about));
    points.addAll(faults(spec));
    return points;
  }

  static SortedSet<String> ofExploration(RunSpec spec) {
    SortedSet<String> points = new TreeSet<>();
    points.add(Dimension.WORKLOAD.point(spec.workload()));
    ClusterShape shape = spec.profile().shape();
    points.add(
        Dimension.CLUSTER.point(
            shape.brokers() + " brokers, " + shape.controllers() + " controllers"));
    for (ProfilePart part : ProfilePart.values()) {
      part.of(spec.profile())
          .forEach(
              (name, value) -> {
                if (!value.equals(part.of(Profiles.BASE).get(name))) {
                  points.add(Dimension.SETTING.point(part.id() + " " + name + "=" + value));
                }
              });
    }
    points.addAll(faults(spec));
    return points;
  }

  private static SortedSet<String> faults(RunSpec spec) {
    SortedSet<String> points = new TreeSet<>();
    spec.faults().forEach(each -> points.add(FaultPoint.of(each.fault().kind(), each.whom())));
    return points;
  }
}
