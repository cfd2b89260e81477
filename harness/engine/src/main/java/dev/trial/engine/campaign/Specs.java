package dev.trial.engine.campaign;

import dev.trial.claims.Claim;
import dev.trial.claims.Experiment;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.core.world.RandomStream;
import dev.trial.engine.targets.Target;
import dev.trial.nemesis.schedule.Scene;
import dev.trial.nemesis.schedule.Schedule;
import dev.trial.nemesis.schedule.Schedules;
import dev.trial.workloads.plan.Workloads;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes the spec of a run: experiment and seed in, fault schedule as data out. */
public final class Specs {

  private static final long LIVE_MS = 15_000;
  private static final long CALM_MS = 10_000;

  private Specs() {}

  /** The spec of a claim's experiment for a seed. */
  public static RunSpec of(
      Claim claim,
      Experiment experiment,
      Target target,
      String client,
      long seed,
      Overrides overrides) {
    RunSpec bare = bare(claim, experiment, target, client, seed, overrides);
    List<String> faults = List.of(experiment.faults().split(","));
    RunSpec timed =
        target.simulated() || overrides.loadMs() > 0
            ? bare
            : bare.withLoadMs(liveMs(bare, experiment, faults));
    return timed.withFaults(
        overrides.faults() == null ? schedule(timed, faults, target) : overrides.faults());
  }

  private static RunSpec bare(
      Claim claim,
      Experiment experiment,
      Target target,
      String client,
      long seed,
      Overrides overrides) {
    return new RunSpec(
        claim.name(experiment),
        experiment.workload(),
        experiment.parameters(),
        experiment.profile(),
        target.name(),
        experiment.client().isEmpty() ? client : experiment.client(),
        seed,
        overrides.loadMs() > 0 ? overrides.loadMs() : experiment.loadMs(),
        List.of(),
        overrides.mutants());
  }

  /** The shortest load phase with room for the faults of an experiment, in milliseconds. */
  public static long shortestLoadMs(Claim claim, Experiment experiment, Target target) {
    RunSpec spec = bare(claim, experiment, target, "", 1, Overrides.NONE);
    return needsMs(spec, Schedules.of(List.of(experiment.faults().split(","))));
  }

  private static long needsMs(RunSpec spec, Schedule schedule) {
    return schedule.loadMsMin(
        Scene.of(spec.profile(), plan(spec), spec.loadMs(), EnumSet.allOf(FaultKind.class)));
  }

  /** The plan of a spec's workload; the same spec gives the same plan. */
  public static Workload.Plan plan(RunSpec spec) {
    Workload workload = Workloads.of(spec.workload());
    return workload.plan(spec, new RandomStream(spec.seed()).fork("workload"));
  }

  /**
   * Real time is dear: a quarter of a minute, or what the faults need and some calm beside, or what
   * the workload or the experiment needs.
   */
  private static long liveMs(RunSpec spec, Experiment experiment, List<String> faults) {
    long faultsMs = needsMs(spec, Schedules.of(faults)) + CALM_MS;
    long needsMs = Math.max(faultsMs, Workloads.of(spec.workload()).loadMsMin());
    long shortMs = Math.min(spec.loadMs(), Math.max(LIVE_MS, needsMs));
    return Math.max(shortMs, experiment.liveLoadMs());
  }

  private static List<ScheduledFault> schedule(RunSpec spec, List<String> names, Target target) {
    Schedule schedule = Schedules.of(names);
    Workload.Plan plan = plan(spec);
    Scene everything =
        Scene.of(spec.profile(), plan, spec.loadMs(), EnumSet.allOf(FaultKind.class));
    long needsMs = needsMs(spec, schedule);
    if (spec.loadMs() < needsMs) {
      throw new UsageException(
          "--time is too short for the faults '"
              + schedule.id()
              + "': they need "
              + needsMs
              + " ms of load");
    }
    Set<FaultKind> possible = EnumSet.allOf(FaultKind.class);
    possible.removeIf(kind -> target.refusal(kind).isPresent());
    RandomStream random = new RandomStream(spec.seed()).fork("faults");
    return schedule.generate(everything.only(possible), random);
  }

  /**
   * What the command line changes in every spec.
   *
   * @param loadMs 0 for the experiment's own
   * @param faults the schedule itself; null where the experiment's is drawn
   */
  public record Overrides(long loadMs, List<String> mutants, List<ScheduledFault> faults) {

    /** The experiment's own faults. */
    public Overrides(long loadMs, List<String> mutants) {
      this(loadMs, mutants, null);
    }

    /** Nothing changed. */
    public static final Overrides NONE = new Overrides(0, List.of());
  }
}
