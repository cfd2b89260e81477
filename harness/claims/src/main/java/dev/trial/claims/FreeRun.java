package dev.trial.claims;

import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.input.FileNames;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.HalfName;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.core.verdict.Vacuity;
import dev.trial.core.world.RandomStream;
import dev.trial.nemesis.schedule.Schedules;
import dev.trial.workloads.plan.Workloads;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run that puts no claim on trial: any workload under any faults, held to {@link Promises}. */
public final class FreeRun {

  /** The id that stands where a claim's would. */
  public static final String ID = "free";

  private static final long LOAD_MS = 60_000;

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

  /** The workload under the named schedule or families, with those settings and clients. */
  public static Claim of(String workload, List<String> faults, Profile profile, String client) {
    return of(workload, Parameters.of(), faults, profile, client);
  }

  /** The same with parameters of the workload. */
  public static Claim of(
      String workload, Parameters parameters, List<String> faults, Profile profile, String client) {
    check(workload, faults);
    RunSpec spec = spec(workload, parameters, profile, client);
    return claim(spec, faults, Schedules.of(faults).families());
  }

  /** The same under faults that somebody wrote down. */
  public static Claim under(
      List<ScheduledFault> faults,
      String workload,
      Parameters parameters,
      Profile profile,
      String client) {
    check(workload, List.of("none"));
    return held(spec(workload, parameters, profile, client).withFaults(faults));
  }

  private static RunSpec spec(
      String workload, Parameters parameters, Profile profile, String client) {
    return new RunSpec(
        null,
        workload,
        parameters,
        profile,
        RunSpec.SIMULATION,
        client,
        1,
        LOAD_MS,
        List.of(),
        List.of());
  }

  /** As it was held: a stored spec has the faults themselves and not what they were drawn from. */
  static Claim held(RunSpec spec) {
    Set<FaultKind> families = Schedules.families(spec.faults());
    List<String> kinds = families.stream().map(FaultKind::id).sorted().toList();
    return claim(spec, kinds.isEmpty() ? List.of("none") : kinds, families);
  }

  private static Claim claim(RunSpec spec, List<String> faults, Set<FaultKind> families) {
    String workload = spec.workload();
    Workload.Plan plan =
        Workloads.of(workload).plan(spec, new RandomStream(spec.seed()).fork("workload"));
    Experiment experiment =
        new Experiment(
            HalfName.ONLY,
            Promises.of(new Promised(spec.profile(), plan, spec.client(), families)),
            spec.profile(),
            workload,
            spec.parameters(),
            String.join(",", faults),
            LOAD_MS,
            0,
            Set.of(),
            "",
            Map.of(),
            Vacuity.inRun(LEAST_OPERATIONS),
            List.of(),
            new ByClient(EnumSet.allOf(ClientBug.class), Map.of()));
    return new Claim(
        ID,
        Claim.Section.REPLICATION,
        workload + " under " + String.join(", ", faults),
        "what its settings promise",
        false,
        false,
        List.of(experiment));
  }
}
