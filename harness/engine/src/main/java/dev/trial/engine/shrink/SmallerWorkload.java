package dev.trial.engine.shrink;

import dev.trial.core.fault.Role;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.engine.campaign.Specs;
import dev.trial.workloads.plan.KnownParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Fewer clients and partitions, fewer and slower records: parameters of the workload, which a spec
 * may give to all its clients.
 */
record SmallerWorkload() implements Reduction {
  private static final String LIMIT = "limit";
  private static final long[] LIMITS = {1, 2, 3, 5, 8, 12, 20, 40, 80, 160, 320};
  private static final List<String> PACES = List.of("interval-ms", "poll-ms");
  private static final long[] PACES_MS = {5_000, 2_000, 1_000, 500, 250, 100};

  @Override
  public String what() {
    return "clients and records";
  }

  @Override
  public List<RunSpec> of(RunSpec spec) {
    List<RunSpec> smaller = new ArrayList<>();
    for (String name : List.of("readers", "consumers")) {
      fewer(smaller, spec, name, 0);
      fewer(smaller, spec, name, 1);
    }
    fewer(smaller, spec, "producers", 1);
    fewer(smaller, spec, "workers", 1);
    fewer(smaller, FirstPartition.of(spec), "topic-partitions", 1);
    fewer(smaller, spec, "topic-partitions", 1);
    leftOut(smaller, spec);
    for (String name : List.of("burst-max", "burst", "keys", "size", "key-rounds")) {
      lower(smaller, spec, name);
    }
    limited(smaller, spec);
    PACES.forEach(pace -> slower(smaller, spec, pace));
    return smaller;
  }

  /** Only where the plan has fewer clients, or fewer partitions, by it. */
  private static void fewer(List<RunSpec> smaller, RunSpec spec, String name, int value) {
    RunSpec fewer = with(spec, name, value);
    Workload.Plan before = Specs.plan(spec);
    Workload.Plan after = Specs.plan(fewer);
    if (after.clients().size() < before.clients().size()
        || Size.partitions(after) < Size.partitions(before)) {
      smaller.add(fewer);
    }
  }

  /** Each client by itself, unless a fault is about it. */
  private static void leftOut(List<RunSpec> smaller, RunSpec spec) {
    List<ClientPlan> clients = Specs.plan(spec).clients();
    String already = spec.parameters().text(KnownParameters.WITHOUT, "");
    for (ClientPlan client : clients) {
      if (clients.size() > 1 && !named(spec, client.name())) {
        String names = already.isEmpty() ? client.name() : already + "," + client.name();
        smaller.add(with(spec, KnownParameters.WITHOUT, names));
      }
    }
  }

  private static boolean named(RunSpec spec, String client) {
    return spec.faults().stream()
        .anyMatch(each -> each.whom() instanceof Role.Client role && role.name().equals(client));
  }

  private static void lower(List<RunSpec> smaller, RunSpec spec, String name) {
    if (most(spec, name, 0) > 1) {
      smaller.add(with(spec, name, 1));
    }
  }

  private static void limited(List<RunSpec> smaller, RunSpec spec) {
    long now = spec.parameters().number(LIMIT, Long.MAX_VALUE);
    for (long limit : LIMITS) {
      if (limit < now) {
        smaller.add(with(spec, LIMIT, limit));
      }
    }
  }

  private static void slower(List<RunSpec> smaller, RunSpec spec, String name) {
    long now = most(spec, name, Long.MAX_VALUE);
    for (long paceMs : PACES_MS) {
      if (paceMs > now) {
        smaller.add(with(spec, name, paceMs));
      }
    }
  }

  /** The highest value that a client of the plan has. */
  private static long most(RunSpec spec, String name, long otherwise) {
    return Specs.plan(spec).clients().stream()
        .map(ClientPlan::parameters)
        .filter(each -> each.values().containsKey(name))
        .mapToLong(each -> each.number(name, 0))
        .max()
        .orElse(otherwise);
  }

  private static RunSpec with(RunSpec spec, String name, Object value) {
    Parameters parameters = spec.parameters().with(name, value);
    return spec.withParameters(parameters);
  }
}
