package dev.trial.engine.compare;

import dev.trial.claims.Claim;
import dev.trial.claims.Experiments;
import dev.trial.claims.FreeRun;
import dev.trial.claims.Profiles;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.input.FileNames;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.world.RandomStream;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Target;
import dev.trial.engine.work.Cores;
import dev.trial.nemesis.schedule.Scene;
import dev.trial.nemesis.schedule.Schedule;
import dev.trial.nemesis.schedule.Schedules;
import dev.trial.workloads.plan.Workloads;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Holds the same runs for each contender: what a seed draws (clients, faults and their times) is
 * drawn once, with the default settings, so that only the settings differ.
 */
public final class Comparison {
  /** Each aims at something that settings decide; seeds take them in turn. */
  public static final List<String> TELLING =
      List.of(
          "tail-loss",
          "drop-produce-answers",
          "out-of-sync-returns",
          "consumer-kills",
          "leader-dies-mid-stream",
          "refuse-one-produce",
          "isr-of-one-lost",
          "one-at-a-time");

  private final Target target;
  private final String workload;
  private final List<List<String>> faults;
  private final long loadMs;
  private final RunHouse house;
  private final RunHouse keeping;

  /**
   * A comparison in one world.
   *
   * @param faults schedules or families of faults, which seeds take in turn
   * @param loadMs length of the load, longer where a schedule needs that
   * @param out where witnesses are stored
   */
  public Comparison(
      Target target, String workload, List<List<String>> faults, long loadMs, Path out) {
    this.target = target;
    this.workload = workload;
    this.faults = List.copyOf(faults);
    this.loadMs = loadMs;
    this.keeping = new RunHouse(target, out);
    this.house = target.simulated() ? new RunHouse(target, null) : keeping;
  }

  /** Each contender's standing over those seeds, in their order. */
  public List<Standing> of(List<Contender> contenders, LongStream seeds, Cores cores) {
    List<Standing> standings = contenders.stream().map(Standing::new).toList();
    seeds.forEach(
        seed -> {
          List<Supplier<RunResult>> begun = new ArrayList<>();
          for (Contender each : contenders) {
            RunRequest request = request(each, seed);
            begun.add(
                target.simulated()
                    ? cores.begin(() -> house.run(request))
                    : () -> house.run(request));
          }
          for (int i = 0; i < begun.size(); i++) {
            count(standings.get(i), begun.get(i).get());
          }
        });
    return standings;
  }

  private void count(Standing standing, RunResult result) {
    if (standing.add(result) && target.simulated()) {
      keeping.run(result.request());
    }
  }

  private RunRequest request(Contender contender, long seed) {
    RunSpec calm = spec(Profiles.BASE, contender.client(), seed);
    List<ScheduledFault> schedule = schedule(calm);
    RunSpec spec = calm.withProfile(contender.profile()).withFaults(schedule);
    Claim free = Experiments.claimOf(spec);
    return new RunRequest(
        name(contender, spec), spec, free.halves().get(0), free.sentence(), contender.name());
  }

  /** Tells it from the run of any other comparison with that seed. */
  private String name(Contender contender, RunSpec spec) {
    List<String> parts = new ArrayList<>(List.of("compare"));
    parts.addAll(FreeRun.nameParts(workload, mechanismOf(spec.seed()), contender.name()));
    parts.add(FileNames.part(target.name()));
    parts.add(spec.loadMs() / 1_000 + "s");
    parts.add(String.valueOf(spec.seed()));
    return String.join("_", parts);
  }

  private RunSpec spec(Profile profile, String client, long seed) {
    RunSpec spec =
        new RunSpec(
            null,
            workload,
            Parameters.of(),
            profile,
            target.name(),
            client,
            seed,
            loadMs,
            List.of(),
            List.of());
    long needsMs =
        Math.max(mechanism(seed).loadMsMin(scene(spec)), Workloads.of(workload).loadMsMin());
    return spec.withLoadMs(Math.max(loadMs, needsMs));
  }

  private Schedule mechanism(long seed) {
    return Schedules.of(mechanismOf(seed));
  }

  private List<String> mechanismOf(long seed) {
    return faults.get((int) Math.floorMod(seed - 1, (long) faults.size()));
  }

  private List<ScheduledFault> schedule(RunSpec spec) {
    return mechanism(spec.seed())
        .generate(scene(spec), new RandomStream(spec.seed()).fork("faults"));
  }

  private Scene scene(RunSpec spec) {
    Set<FaultKind> possible = EnumSet.allOf(FaultKind.class);
    possible.removeIf(kind -> target.refusal(kind).isPresent());
    return Scene.of(spec.profile(), Specs.plan(spec), spec.loadMs(), possible);
  }
}
