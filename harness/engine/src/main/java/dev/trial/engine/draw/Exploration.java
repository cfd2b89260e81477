package dev.trial.engine.draw;

import dev.trial.claims.Claim;
import dev.trial.claims.Experiments;
import dev.trial.claims.Profiles;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.core.world.RandomStream;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Target;
import dev.trial.nemesis.schedule.Scene;
import dev.trial.nemesis.schedule.Schedules;
import dev.trial.workloads.plan.Workloads;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Draws runs that put no claim on trial: any cluster, settings and workload, any mix of faults. */
final class Exploration {
  private static final long LOAD_MS_MIN = 8_000;
  private static final long LOAD_MS_MAX = 18_000;

  /**
   * What administrators do to a topic, and flipped bits, are for the claims that say what follows.
   */
  private static final Set<FaultKind> OF_CLAIMS =
      EnumSet.of(
          FaultKind.PARTITION_INCREASE,
          FaultKind.RECORD_DELETION,
          FaultKind.TOPIC_RECREATION,
          FaultKind.BIT_FLIP);

  /** Groups that begin elsewhere than the profile says are for the claim that says where. */
  private static final Set<String> WORKLOADS_OF_CLAIMS = Set.of("group-offset-reset");

  /**
   * What of a group or a transaction was only in the logs of internal topics is lost with them, and
   * no history tells what those held: not for workloads with either.
   */
  private static final Set<FaultKind> OF_UNFLUSHED_LOGS =
      EnumSet.of(FaultKind.POWER_LOSS, FaultKind.TORN_WRITE, FaultKind.DISK_LOSS);

  private static final List<Integer> BROKERS = List.of(3, 3, 3, 4, 5);
  private static final List<Integer> CONTROLLERS = List.of(3, 3, 3, 1, 5);

  private final Target target;
  private final String client;
  private final List<String> mutants;
  private final List<String> workloads;
  private final List<FaultKind> families;

  Exploration(Target target, String client, List<String> mutants) {
    this.target = target;
    this.client = client;
    this.mutants = List.copyOf(mutants);
    Set<String> all = new TreeSet<>(Workloads.all().keySet());
    all.removeAll(WORKLOADS_OF_CLAIMS);
    this.workloads = List.copyOf(all);
    Set<FaultKind> possible = EnumSet.allOf(FaultKind.class);
    possible.removeAll(OF_CLAIMS);
    possible.removeIf(kind -> target.refusal(kind).isPresent());
    this.families = List.copyOf(possible);
  }

  Drawn of(long seed, RandomStream random) {
    String workload = random.pick(workloads);
    Parameters parameters = parameters(random);
    Profile profile = profile(workload, parameters, random);
    long fromMs = Math.max(LOAD_MS_MIN, Workloads.of(workload).loadMsMin());
    long loadMs = random.between(fromMs, Math.max(fromMs, LOAD_MS_MAX));
    RunSpec calm =
        new RunSpec(
            null,
            workload,
            parameters,
            profile,
            target.name(),
            client,
            seed,
            loadMs,
            List.of(),
            mutants);
    RunSpec spec =
        calm.withFaults(Schedules.of(faults(calm, random)).generate(scene(calm), faultsOf(seed)));
    Claim free = Experiments.claimOf(spec);
    RunRequest request =
        new RunRequest(Draw.name(seed), spec, free.halves().get(0), free.sentence(), null);
    return new Drawn(seed, request, workload, PlannedPoints.ofExploration(spec));
  }

  private static RandomStream faultsOf(long seed) {
    return new RandomStream(seed).fork("faults");
  }

  private Scene scene(RunSpec spec) {
    return Scene.of(spec.profile(), Specs.plan(spec), spec.loadMs(), EnumSet.copyOf(families));
  }

  private static Parameters parameters(RandomStream random) {
    Parameters drawn = Parameters.of();
    drawn = sometimes(drawn, "producers", 1, 4, random);
    drawn = sometimes(drawn, "consumers", 1, 4, random);
    drawn = sometimes(drawn, "topic-partitions", 1, 6, random);
    drawn = sometimes(drawn, "value-bytes", 0, 2_000, random);
    return sometimes(drawn, "abort-percent", 0, 60, random);
  }

  private static Parameters sometimes(
      Parameters drawn, String name, long least, long most, RandomStream random) {
    return random.chance(0.4) ? drawn.with(name, random.between(least, most)) : drawn;
  }

  private Profile profile(String workload, Parameters parameters, RandomStream random) {
    Profile profile = shaped(Profiles.BASE, random);
    for (SettingRange each : SettingRanges.GENERAL) {
      profile = each.draw(profile, random);
    }
    Workload.Plan plan = plan(workload, parameters, profile);
    if (plan.clients().stream().anyMatch(Exploration::transactional)) {
      profile = Profiles.transactional(profile);
    } else {
      profile = ProducerKind.draw(random).of(profile);
    }
    return membership(profile, random);
  }

  private static Profile shaped(Profile profile, RandomStream random) {
    ClusterShape shape = new ClusterShape(random.pick(BROKERS), random.pick(CONTROLLERS));
    return new Profile(
        shape, profile.broker(), profile.topic(), profile.producer(), profile.consumer());
  }

  private Workload.Plan plan(String workload, Parameters parameters, Profile profile) {
    return Specs.plan(
        new RunSpec(
            null,
            workload,
            parameters,
            profile,
            target.name(),
            client,
            1,
            LOAD_MS_MAX,
            List.of(),
            List.of()));
  }

  private static boolean transactional(ClientPlan client) {
    return client.settings().containsKey("transactional.id")
        || client.parameters().flag("transactional", false);
  }

  private static Profile membership(Profile drawn, RandomStream random) {
    if (random.chance(0.35)) {
      return Profiles.consumerProtocol(drawn);
    }
    Profile profile = drawn;
    for (SettingRange each : SettingRanges.CLASSIC) {
      profile = each.draw(profile, random);
    }
    return profile;
  }

  /** Each family is on or off; of those that are, the swarm draws how often each comes. */
  private List<String> faults(RunSpec spec, RandomStream random) {
    List<FaultKind> possible = new ArrayList<>(families);
    if (hasInternalLogs(Specs.plan(spec))) {
      possible.removeAll(OF_UNFLUSHED_LOGS);
    }
    List<String> on = new ArrayList<>();
    for (FaultKind each : possible) {
      if (random.chance(0.35)) {
        on.add(each.id());
      }
    }
    return on.isEmpty() ? List.of(random.pick(possible).id()) : on;
  }

  private static boolean hasInternalLogs(Workload.Plan plan) {
    return !plan.groups().isEmpty() || plan.clients().stream().anyMatch(Exploration::transactional);
  }
}
