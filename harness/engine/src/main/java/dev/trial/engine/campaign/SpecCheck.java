package dev.trial.engine.campaign;

import dev.trial.broker.defect.Defect;
import dev.trial.claims.Experiments;
import dev.trial.claims.ProfilePart;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.input.Lengths;
import dev.trial.core.input.UsageException;
import dev.trial.core.json.Nearest;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.targets.Targets;
import dev.trial.workloads.plan.KnownParameters;
import dev.trial.workloads.plan.Workloads;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Holds a spec that was read from a file to what a run can be held with. People edit such files; a
 * name that nothing obeys would make a verdict about something else than the file says.
 */
public final class SpecCheck {
  private static final int NODES_MAX = 16;
  private static final Pattern VERSION = Pattern.compile("\\d{1,4}(\\.\\d{1,4})+([.-]\\w+)*");

  private final RunSpec spec;
  private final String place;

  private SpecCheck(RunSpec spec, String place) {
    this.spec = spec;
    this.place = place;
  }

  /** Refuses what is wrong with the spec, in one line that begins with {@code place}. */
  public static void check(RunSpec spec, String place) {
    new SpecCheck(spec, place).check();
  }

  private void check() {
    known("workload", spec.workload(), Workloads.all().keySet());
    parameters();
    without();
    profile();
    claim(); // what a free run is held to follows from these
    target();
    if (spec.loadMs() < 1 || spec.loadMs() > Lengths.MOST_MS) {
      throw wrong("load_ms", spec.loadMs() + " is not from 1 to " + Lengths.MOST_MS);
    }
    List<String> defects = Arrays.stream(Defect.values()).map(Defect::id).toList();
    spec.mutants().forEach(mutant -> known("mutant", mutant, defects));
  }

  private void claim() {
    try {
      Experiments.of(spec);
    } catch (UsageException unknown) {
      throw wrong("claim", unknown.getMessage());
    }
  }

  private void parameters() {
    spec.parameters()
        .values()
        .forEach(
            (name, value) -> {
              known("parameter", name, KnownParameters.names());
              String wanted = KnownParameters.refusal(name, value);
              if (wanted != null) {
                throw wrong("parameters." + name, "'" + value + "' is not " + wanted);
              }
            });
  }

  /** Whom it leaves out must be there without it. */
  private void without() {
    List<String> left = spec.parameters().list(KnownParameters.WITHOUT);
    if (left.isEmpty()) {
      return;
    }
    Parameters everybody = spec.parameters().with(KnownParameters.WITHOUT, "");
    List<String> clients =
        Specs.plan(spec.withParameters(everybody)).clients().stream()
            .map(ClientPlan::name)
            .toList();
    left.forEach(name -> known("client", name, clients));
  }

  private void profile() {
    Profile profile = spec.profile();
    shape(profile.shape());
    for (ProfilePart part : ProfilePart.values()) {
      String where = place + ".profile." + part.id();
      part.of(profile).forEach((name, value) -> part.check(where, name, value));
      part.checkTogether(where, profile);
    }
  }

  private void shape(ClusterShape shape) {
    nodes("brokers", shape.brokers());
    nodes("controllers", shape.controllers());
  }

  private void nodes(String role, int count) {
    if (count < 1 || count > NODES_MAX) {
      throw wrong("profile.shape." + role, count + " is not from 1 to " + NODES_MAX);
    }
  }

  private void target() {
    try {
      Targets.checkName(spec.target());
    } catch (IllegalArgumentException unknown) {
      throw wrong("target", unknown.getMessage());
    }
    if (!VERSION.matcher(spec.client()).matches()) {
      throw wrong(
          "client",
          "'"
              + spec.client()
              + "' is no version of kafka-clients; write one such as "
              + Targets.DEFAULT_CLIENT);
    }
  }

  private void known(String what, String name, Collection<String> choices) {
    if (!choices.contains(name)) {
      throw new UsageException(place + ": " + Nearest.explain(what, name, choices));
    }
  }

  private UsageException wrong(String field, String problem) {
    return new UsageException(place + "." + field + ": " + problem);
  }
}
