package dev.trial.checkers;

import dev.trial.checkers.evidence.Completeness;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Pace;
import dev.trial.checkers.evidence.Part;
import dev.trial.core.history.History;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.BudgetSpentException;
import dev.trial.core.verdict.Checker;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Rules;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checker of one family of anomalies, working on evidence that all families share. Beyond its
 * budget, or where the history lacks what it needs, it is unknown; what it has proven stands.
 */
abstract class FamilyChecker implements Checker {
  private final String id;
  private final List<Part> needs;

  /**
   * @param needs what it cannot tell without, beside what clients did until the run was over
   */
  FamilyChecker(String id, Part... needs) {
    this.id = id;
    this.needs = Stream.concat(Stream.of(Part.RUN), Arrays.stream(needs)).toList();
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Finding check(History history, Rules rules) {
    Evidence evidence = Evidence.of(history, rules);
    return check(evidence, new Losses(evidence), Budget.UNLIMITED);
  }

  final Finding check(Evidence evidence, Losses losses, Budget budget) {
    Pace pace = new Pace(budget);
    Completeness completeness = evidence.completeness();
    Report report = new Report(id, evidence.rules(), pace, completeness.tellsCauses());
    String lack = completeness.lack(needs);
    if (lack != null) {
      report.unknown(lack);
    }
    try {
      check(evidence, losses, report);
    } catch (BudgetSpentException spent) {
      report.unknown("stopped because " + spent.getMessage());
    } catch (OutOfMemoryError full) {
      report.unknown("stopped because " + pace.stopped(Budget.HEAP_IS_FULL));
    }
    return report.finding();
  }

  abstract void check(Evidence evidence, Losses losses, Report report);
}
