package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.Losses;
import dev.trial.core.history.History;
import dev.trial.core.verdict.Checker;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Rules;

/** A checker of one family of anomalies, working on evidence that all families share. */
abstract class FamilyChecker implements Checker {

  private final String id;

  FamilyChecker(String id) {
    this.id = id;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Finding check(History history, Rules rules) {
    Evidence evidence = Evidence.of(history, rules);
    return check(evidence, new Losses(evidence));
  }

  final Finding check(Evidence evidence, Losses losses) {
    Report report = new Report(id, evidence.rules());
    check(evidence, losses, report);
    return report.finding();
  }

  abstract void check(Evidence evidence, Losses losses, Report report);
}
