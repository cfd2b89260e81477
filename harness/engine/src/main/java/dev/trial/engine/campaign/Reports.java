package dev.trial.engine.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.checkers.Judge;
import dev.trial.checkers.expectation.RunOutcome;
import dev.trial.claims.Claim;
import dev.trial.claims.Experiment;
import dev.trial.claims.Experiments;
import dev.trial.core.history.History;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Verdict;
import dev.trial.results.report.HtmlReport;
import dev.trial.results.store.RunDirectory;
import dev.trial.results.store.RunSummary;

/** Writes a stored run's report anew, judging its history again. */
public final class Reports {

  private Reports() {}

  /** Writes report.html into the directory. */
  public static void write(RunDirectory directory, RunSpec spec, History history) {
    Claim claim = Experiments.claimOf(spec);
    Experiment experiment = Experiments.of(spec);
    Verdict verdict = Judge.judge(history, Rulebook.of(spec));
    RunOutcome outcome = RunOutcome.judge(experiment.expectation(spec.client()), verdict);
    ObjectNode stored = directory.readVerdict();
    RunSummary summary =
        new RunSummary(
            directory.path().toAbsolutePath().normalize().getFileName().toString(),
            spec,
            profile(stored, spec),
            verdict.validity().id(),
            experiment.expectation(spec.client()).id(),
            outcome.outcome().ofRun(),
            RunHouse.unknownReason(verdict),
            verdict.counts(),
            RunHouse.statistics(verdict),
            history.size(),
            number(stored, "simulated_ms"),
            number(stored, "wall_ms"),
            text(stored, "history_sha256"),
            text(stored, "trace_hash"),
            directory.path().toString());
    directory.report(
        HtmlReport.of(
            summary,
            claim.sentence(),
            history,
            verdict,
            outcome.unexpected(),
            directory.shrinkage()));
  }

  private static String profile(ObjectNode stored, RunSpec spec) {
    String told = text(stored, "profile");
    return told == null ? RunSummary.claim(spec) : told;
  }

  private static long number(ObjectNode stored, String field) {
    return stored == null ? 0 : stored.path(field).asLong();
  }

  private static String text(ObjectNode stored, String field) {
    return stored == null || !stored.hasNonNull(field) ? null : stored.get(field).asText();
  }
}
