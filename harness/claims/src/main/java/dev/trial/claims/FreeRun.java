package dev.trial.claims;

import dev.trial.core.input.FileNames;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.HalfName;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Vacuity;
import dev.trial.nemesis.schedule.Schedules;
import dev.trial.workloads.plan.Workloads;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run that puts no claim on trial: any workload under any faults, judged by every checker. */
public final class FreeRun {

  /** The id that stands where a claim's would. */
  public static final String ID = "free";

  /** With less a client could not even start, for a setting of its own for instance. */
  private static final int LEAST_OPERATIONS = 10;

  private FreeRun() {}

  /** What a free run is called after: all that tells it from another, fit for a directory. */
  public static List<String> nameParts(String workload, List<String> faults, String profile) {
    return List.of(
        FileNames.part(workload),
        FileNames.part(String.join("+", faults)),
        FileNames.part(profile));
  }

  private static void check(String workload, List<String> faults) {
    if (!Workloads.all().containsKey(workload)) {
      throw new UsageException(
          Nearest.explain("workload", workload, Workloads.all().keySet())
              + "; ./trial workloads lists them");
    }
    try {
      Schedules.of(faults);
    } catch (IllegalArgumentException unknown) {
      throw new UsageException("--faults: " + unknown.getMessage() + "; ./trial faults lists them");
    }
  }

  /** The workload under the named schedule or families, with those settings. */
  public static Claim of(String workload, List<String> faults, Profile profile) {
    check(workload, faults);
    return claim(workload, faults, profile);
  }

  /** As it was held: a stored spec has the faults themselves and not what they were drawn from. */
  static Claim held(RunSpec spec) {
    List<String> kinds =
        spec.faults().stream().map(each -> each.fault().kind().id()).distinct().sorted().toList();
    return claim(spec.workload(), kinds.isEmpty() ? List.of("none") : kinds, spec.profile());
  }

  private static Claim claim(String workload, List<String> faults, Profile profile) {
    Experiment experiment =
        new Experiment(
            HalfName.ONLY,
            new Expectation.Holds(),
            profile,
            workload,
            Parameters.of(),
            String.join(",", faults),
            60_000,
            Set.of(),
            Map.of(),
            Vacuity.inRun(LEAST_OPERATIONS));
    return new Claim(
        ID,
        Claim.Section.REPLICATION,
        workload + " under " + String.join(", ", faults),
        "no anomaly",
        false,
        false,
        List.of(experiment));
  }
}
