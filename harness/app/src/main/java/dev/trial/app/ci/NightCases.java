package dev.trial.app.ci;

import dev.trial.core.verdict.Outcome;
import dev.trial.engine.nightly.Change;
import dev.trial.engine.nightly.NightRun;
import dev.trial.engine.nightly.NightSummary;
import dev.trial.results.ci.CiRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The test cases of a campaign: each entry of its corpus, what was found new among them, and one
 * for all drawn runs of a claim or workload, as there may be thousands.
 */
public final class NightCases {
  private final NightSummary summary;
  private final Function<Change, Path> spec;
  private final Function<NightRun, Path> stored;

  /**
   * Of a campaign.
   *
   * @param spec where the spec is that reproduces a change
   * @param stored where a run that showed something is stored
   */
  public NightCases(
      NightSummary summary, Function<Change, Path> spec, Function<NightRun, Path> stored) {
    this.summary = summary;
    this.spec = spec;
    this.stored = stored;
  }

  /** With what became of the corpus. */
  public List<CiRun> of(List<Change> changes) {
    List<CiRun> cases = new ArrayList<>();
    changes.forEach(change -> cases.add(entry(change)));
    summary.drawn().forEach((about, drawn) -> cases.add(drawn(about, drawn)));
    summary.errors().forEach((reason, runs) -> cases.add(failure(reason, runs)));
    return cases;
  }

  private CiRun entry(Change change) {
    boolean shown = change.kind().shown();
    Outcome untold = change.kind() == Change.Kind.UNTOLD ? Outcome.UNKNOWN : Outcome.AS_EXPECTED;
    return new CiRun(
        change.entry().about(),
        change.entry().name(),
        shown ? Outcome.FINDING : untold,
        change.entry().sign().kind(),
        change.entry().sign().cause(),
        shown ? change.entry().sentence() : change.run().reason(),
        change.kind().words() + ", first seen " + change.entry().firstSeen(),
        shown ? "./trial replay " + CiFiles.relative(stored.apply(change.run())) : null,
        CiFiles.relative(spec.apply(change)),
        change.run().wallMs());
  }

  private static CiRun drawn(String about, NightSummary.Drawn drawn) {
    return new CiRun(
        about,
        "drawn runs",
        drawn.told() == 0 ? Outcome.UNKNOWN : Outcome.AS_EXPECTED,
        null,
        null,
        drawn.told() + " of " + drawn.runs() + " runs could tell",
        null,
        null,
        null,
        drawn.wallMs());
  }

  private static CiRun failure(String reason, int runs) {
    return new CiRun(
        "harness",
        reason,
        Outcome.ERROR,
        null,
        null,
        runs + " runs: " + reason,
        null,
        null,
        null,
        0);
  }
}
