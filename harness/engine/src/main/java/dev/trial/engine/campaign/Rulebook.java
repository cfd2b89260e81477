package dev.trial.engine.campaign;

import dev.trial.claims.Experiment;
import dev.trial.claims.Experiments;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClientRelease;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import dev.trial.engine.targets.Targets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a profile promises, for the checkers. */
public final class Rulebook {
  private static final long DEFAULT_SESSION_MS = 45_000;
  private static final long DEFAULT_SESSION_BEFORE_3_MS = 10_000;

  private Rulebook() {}

  /** The rules of a spec's run. */
  public static Rules of(RunSpec spec) {
    return of(spec, Specs.plan(spec), Experiments.of(spec));
  }

  /** The rules of a spec's run, had it been promised what another profile promises. */
  public static Rules of(RunSpec spec, Profile promised) {
    return of(spec.withProfile(promised), Specs.plan(spec), Experiments.of(spec));
  }

  /** What a profile promises whoever uses it: of a run of which nothing else is known. */
  public static Rules of(Profile profile) {
    return new Rules(
        acks(profile, Targets.DEFAULT_CLIENT),
        minInsyncReplicas(profile),
        Set.of(),
        Map.of(),
        Set.of(),
        Vacuity.NEVER,
        profile.topic(),
        memberSessionMs(profile, Targets.DEFAULT_CLIENT));
  }

  public static Rules of(RunSpec spec, Workload.Plan plan, Experiment experiment) {
    Map<String, String> resets = new TreeMap<>();
    for (String group : plan.groups()) {
      String policy = spec.profile().consumer().getOrDefault("auto.offset.reset", "latest");
      resets.put(group, experiment.autoOffsetReset().getOrDefault(group, policy));
    }
    return new Rules(
        acks(spec.profile(), spec.client()),
        minInsyncReplicas(spec.profile()),
        new LinkedHashSet<>(plan.groups()),
        resets,
        experiment.judged(),
        spec.faults().isEmpty() ? experiment.vacuity().withoutFaults() : experiment.vacuity(),
        spec.profile().topic(),
        memberSessionMs(spec.profile(), spec.client()),
        experiment.groupTypes());
  }

  /** Where nobody says: all, before 3.0 the leader alone (KIP-679). */
  private static int acks(Profile profile, String client) {
    String silent = ClientRelease.of(client).before("3.0") ? "1" : "all";
    String acks = profile.producer().getOrDefault("acks", silent);
    return acks.equals("all") ? -1 : Integer.parseInt(acks);
  }

  private static int minInsyncReplicas(Profile profile) {
    return Integer.parseInt(profile.topic().getOrDefault("min.insync.replicas", "1"));
  }

  /** Sessions are the client's in the classic protocol and the coordinator's in KIP-848. */
  static long memberSessionMs(Profile profile, String client) {
    boolean serverSide = "consumer".equals(profile.consumer().get("group.protocol"));
    String told =
        serverSide
            ? profile.broker().get("group.consumer.session.timeout.ms")
            : profile.consumer().get("session.timeout.ms");
    if (told != null) {
      return Long.parseLong(told.trim());
    }
    boolean old = !serverSide && ClientRelease.of(client).before("3.0");
    return old ? DEFAULT_SESSION_BEFORE_3_MS : DEFAULT_SESSION_MS;
  }
}
