package dev.trial.claims;

import dev.trial.core.profile.Profile;
import dev.trial.core.run.HalfName;
import dev.trial.core.run.Parameters;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Explained;
import dev.trial.core.verdict.Vacuity;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** An experiment in the making; silent parts are {@link Profiles#BASE} and a minute of load. */
final class ExperimentDraft {

  /**
   * No claim promises that an idempotent producer stores once what was in flight when a delivery
   * timed out, when a leader crashed and came back as leader, or when a producer's first batch was
   * on its way to a leader that gave way.
   */
  static final Explained STORED_TWICE =
      new Explained(
          EnumSet.of(AnomalyKind.DUPLICATE),
          EnumSet.of(Cause.DELIVERY_TIMEOUT, Cause.LEADER_RESTARTED, Cause.FIRST_BATCH_OVERTAKEN));

  private static final long LOAD_MS = 60_000;
  private static final int MIN_OPERATIONS = 10;

  private final HalfName half;
  private Expectation expectation = new Expectation.Holds();
  private Profile profile = Profiles.BASE;
  private String workload = "produce-consume";
  private final Map<String, String> parameters = new TreeMap<>();
  private String faults = "none";
  private long loadMs = LOAD_MS;
  private long liveLoadMs;
  private Set<AnomalyKind> judged = EnumSet.noneOf(AnomalyKind.class);
  private String client = "";
  private final Map<String, String> autoOffsetReset = new LinkedHashMap<>();
  private Vacuity vacuity = Vacuity.operations(MIN_OPERATIONS);
  private List<String> groupTypes = List.of();
  private final Set<ClientBug> known = EnumSet.noneOf(ClientBug.class);
  private final Map<ClientBug, Expectation> without = new TreeMap<>();

  private ExperimentDraft(HalfName half) {
    this.half = half;
  }

  static ExperimentDraft experiment() {
    return new ExperimentDraft(HalfName.ONLY);
  }

  static ExperimentDraft half(String name) {
    return new ExperimentDraft(new HalfName(name));
  }

  ExperimentDraft workload(String id, Object... namesAndValues) {
    workload = id;
    parameters.putAll(Parameters.of(namesAndValues).values());
    return this;
  }

  ExperimentDraft faults(String schedule) {
    faults = schedule;
    return this;
  }

  ExperimentDraft profile(UnaryOperator<Profile> change) {
    profile = change.apply(profile);
    return this;
  }

  ExperimentDraft loadMs(long ms) {
    loadMs = ms;
    return this;
  }

  /** A live run is at least so long: what it has to meet is rare. */
  ExperimentDraft liveLoadMs(long ms) {
    liveLoadMs = ms;
    return this;
  }

  ExperimentDraft judging(Set<AnomalyKind> kinds) {
    judged = kinds;
    return this;
  }

  /** Clients of that version, whatever the command line says: the experiment is about them. */
  ExperimentDraft client(String version) {
    client = version;
    return this;
  }

  ExperimentDraft reset(String group, String policy) {
    autoOffsetReset.put(group, policy);
    return this;
  }

  /** Operations under faults are not what this experiment is about. */
  ExperimentDraft neverVacuous() {
    vacuity = Vacuity.NEVER;
    return this;
  }

  /** Too few replicas are in sync for anything to succeed: leaders have to change under load. */
  ExperimentDraft vacuousBelowLeaderChanges(int min) {
    vacuity = Vacuity.leaderChanges(min);
    return this;
  }

  /** A run proves nothing unless each group was seen in these types, one after the other. */
  ExperimentDraft seenAs(String... types) {
    groupTypes = List.of(types);
    return this;
  }

  /** Clients that have the bug may show it. */
  ExperimentDraft knownBug(ClientBug bug) {
    known.add(bug);
    return this;
  }

  /** Of clients that do not have the bug that the experiment shows. */
  ExperimentDraft without(ClientBug bug, Expectation expected) {
    without.put(bug, expected);
    return this;
  }

  Experiment holds() {
    return holdsWithin(List.of(STORED_TWICE));
  }

  Experiment holdsWithin(Set<Cause> causes, Set<AnomalyKind> bounded, AnomalyKind... consequences) {
    return holdsWithin(List.of(new Explained(bounded, causes)), consequences);
  }

  /** Where what explains one kind of anomaly does not explain another. */
  Experiment holdsWithin(List<Explained> bounds, AnomalyKind... consequences) {
    expectation = new Expectation.HoldsWithin(bounds, Kinds.setOf(consequences));
    return done();
  }

  Experiment breaks(Set<AnomalyKind> shown, AnomalyKind... consequences) {
    expectation = new Expectation.Breaks(shown, Kinds.setOf(consequences));
    return done();
  }

  /** What comes with the breakage has the same causes, or is what a truncation brings. */
  Experiment breaksOnlyIf(Set<Cause> causes, Set<AnomalyKind> shown, AnomalyKind... consequences) {
    Set<Cause> explaining = EnumSet.copyOf(causes);
    explaining.add(Cause.CONSEQUENCE_OF_TRUNCATION);
    return breaksOnlyIf(
        new Explained(shown, causes), new Explained(Kinds.setOf(consequences), explaining));
  }

  Experiment breaksOnlyIf(Explained shown, Explained consequences) {
    expectation = new Expectation.BreaksOnlyIf(shown, consequences);
    return done();
  }

  private Experiment done() {
    return new Experiment(
        half,
        expectation,
        profile,
        workload,
        new Parameters(parameters),
        faults,
        loadMs,
        liveLoadMs,
        judged,
        client,
        autoOffsetReset,
        vacuity,
        groupTypes,
        new ByClient(known, without));
  }
}
