package dev.trial.engine.shrink;

import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.Specs;
import dev.trial.workloads.plan.KnownParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Few operations where it is the chance of each, or the bytes of all, that count: a few records at
 * long intervals, each of them larger, each transaction one that is aborted. The load may take
 * longer then: what is read is operations, not seconds.
 */
record SparserLoad() implements Reduction {
  private static final int FAULTS_MOST = 3;
  private static final long LOAD_MOST_MS = 10_000;
  private static final long[] LIMITS_AT_MOMENTS = {1, 3, 8};
  private static final long[] LIMITS = {1, 2, 3, 4, 6, 8, 12, 0};
  private static final long[] PACES_MS = {0, 200, 1_000};
  private static final List<Parameters> CHANCES =
      List.of(
          Parameters.of(),
          Parameters.of("abort-percent", 100),
          Parameters.of("abort-percent", 50),
          Parameters.of("abort-percent", 0),
          Parameters.of("value-bytes", 1_000),
          Parameters.of("keys", 1, "value-bytes", 1_000),
          Parameters.of("keys", 1, "value-bytes", 20_000));

  @Override
  public String what() {
    return "operations";
  }

  @Override
  public boolean nudged() {
    return false;
  }

  @Override
  public List<RunSpec> of(RunSpec spec) {
    List<RunSpec> sparser = new ArrayList<>();
    atMoments(sparser, spec);
    List<Parameters> chances = CHANCES.stream().filter(each -> known(spec, each)).toList();
    for (long limit : LIMITS) {
      for (Parameters chance : chances) {
        for (long paceMs : PACES_MS) {
          sparser.add(paced(with(spec, limit, chance), limit, paceMs));
        }
      }
    }
    sparser.removeIf(spec::equals);
    return sparser;
  }

  /** A few records about the time at which a fault begins, is at work, or is over. */
  private static void atMoments(List<RunSpec> sparser, RunSpec spec) {
    if (spec.faults().size() > FAULTS_MOST) {
      return;
    }
    for (long limit : LIMITS_AT_MOMENTS) {
      for (long atMs : moments(spec)) {
        RunSpec few = with(spec, limit, Parameters.of());
        Parameters late = few.parameters().with(KnownParameters.SEND_FROM_MS, atMs);
        sparser.add(few.withParameters(late));
      }
    }
  }

  private static SortedSet<Long> moments(RunSpec spec) {
    SortedSet<Long> moments = new TreeSet<>();
    for (ScheduledFault fault : spec.faults()) {
      long endMs = fault.atMs() + fault.lengthMs();
      long middleMs = fault.atMs() + fault.lengthMs() / 2;
      for (long atMs : new long[] {fault.atMs() - 150, fault.atMs() + 50, middleMs, endMs}) {
        if (atMs > 0 && atMs < spec.loadMs()) {
          moments.add(atMs);
        }
      }
    }
    return moments;
  }

  private static RunSpec paced(RunSpec spec, long limit, long paceMs) {
    if (paceMs == 0) {
      return spec;
    }
    long needsMs = Math.min((limit + 2) * paceMs, LOAD_MOST_MS);
    return spec.withParameters(spec.parameters().with("interval-ms", paceMs))
        .withLoadMs(Math.max(spec.loadMs(), needsMs));
  }

  private static RunSpec with(RunSpec spec, long limit, Parameters chance) {
    Parameters parameters = limit == 0 ? spec.parameters() : spec.parameters().with("limit", limit);
    for (var each : chance.values().entrySet()) {
      parameters = parameters.with(each.getKey(), each.getValue());
    }
    for (String name : List.of("burst", "burst-max", "size")) {
      parameters = known(spec, Parameters.of(name, 1)) ? parameters.with(name, 1) : parameters;
    }
    return spec.withParameters(parameters);
  }

  /** Where a client of the plan goes by it, or where it is about every client that sends. */
  private static boolean known(RunSpec spec, Parameters chance) {
    for (String name : chance.values().keySet()) {
      if (Specs.plan(spec).clients().stream().noneMatch(client -> goesBy(client, name))) {
        return false;
      }
    }
    return true;
  }

  private static boolean goesBy(ClientPlan client, String name) {
    return switch (name) {
      case "keys", "value-bytes" ->
          client.kind() == Kind.PRODUCER || client.parameters().values().containsKey(name);
      case "abort-percent", "size" ->
          client.program().endsWith("TransactionalSender")
              || client.program().endsWith("Transformer");
      default -> client.parameters().values().containsKey(name);
    };
  }
}
