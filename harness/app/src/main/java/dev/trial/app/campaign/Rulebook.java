package dev.trial.app.campaign;

import dev.trial.app.claim.Experiment;
import dev.trial.app.claim.Experiments;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.core.verdict.Rules;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;

/** What a profile promises, for the checkers. */
public final class Rulebook {
  private static final long DEFAULT_SESSION_MS = 45_000;

  private Rulebook() {}

  /** The rules of a spec's run. */
  public static Rules of(RunSpec spec) {
    return of(spec, Specs.plan(spec), Experiments.of(spec));
  }

  static Rules of(RunSpec spec, Workload.Plan plan, Experiment experiment) {
    Map<String, String> producer = spec.profile().producer();
    String acks = producer.getOrDefault("acks", "all");
    Map<String, String> resets = new TreeMap<>();
    for (String group : plan.groups()) {
      String policy = spec.profile().consumer().getOrDefault("auto.offset.reset", "latest");
      resets.put(group, experiment.autoOffsetReset().getOrDefault(group, policy));
    }
    return new Rules(
        acks.equals("all") ? -1 : Integer.parseInt(acks),
        Integer.parseInt(spec.profile().topic().getOrDefault("min.insync.replicas", "1")),
        Boolean.parseBoolean(producer.getOrDefault("enable.idempotence", "true")),
        new LinkedHashSet<>(plan.groups()),
        resets,
        experiment.judged(),
        spec.faults().isEmpty() ? 0 : experiment.minOperationsUnderFault(),
        spec.profile().topic(),
        memberSessionMs(spec.profile()));
  }

  /** Sessions are the client's in the classic protocol and the coordinator's in KIP-848. */
  private static long memberSessionMs(Profile profile) {
    boolean serverSide = "consumer".equals(profile.consumer().get("group.protocol"));
    String told =
        serverSide
            ? profile.broker().get("group.consumer.session.timeout.ms")
            : profile.consumer().get("session.timeout.ms");
    return told == null ? DEFAULT_SESSION_MS : Long.parseLong(told.trim());
  }
}
