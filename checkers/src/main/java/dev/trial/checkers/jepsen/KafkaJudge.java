package dev.trial.checkers.jepsen;

import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.BudgetSpentException;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Judges a history of Jepsen's Kafka workload by all its checks. */
public final class KafkaJudge {
  private static final String CYCLES = "cycles";
  private static final List<Check> CHECKS =
      List.of(new LogCheck(), new TransactionCheck(), new PollCheck(), new SendCheck());

  private final CycleSearch cycles;
  private final Supplier<Budget> budgets;

  /**
   * A judge that gives each check a budget of its own.
   *
   * @param cycles null if nobody looks for cycles
   * @param budgets a fresh one for each check
   */
  public KafkaJudge(CycleSearch cycles, Supplier<Budget> budgets) {
    this.cycles = cycles;
    this.budgets = budgets;
  }

  /** Invalid if there is an anomaly that is not allowed, else unknown if a check had to stop. */
  public Verdict judge(KafkaHistory history) {
    Study study = Study.of(history);
    Allowances allowances = Allowances.of(history);
    List<Finding> findings = new ArrayList<>();
    for (Check each : CHECKS) {
      findings.add(run(each, study, allowances));
    }
    if (cycles != null) {
      findings.add(cycles(study));
    }
    return new Verdict(validity(findings), findings);
  }

  private Finding run(Check check, Study study, Allowances allowances) {
    Findings findings = new Findings(study, allowances);
    try {
      check.run(study, findings, budgets.get());
    } catch (BudgetSpentException spent) {
      findings.unknown("stopped because " + spent.getMessage());
    }
    return findings.finding(check.id());
  }

  private Finding cycles(Study study) {
    try {
      return cycles.cycles(new KafkaDependencies(study), budgets.get());
    } catch (BudgetSpentException spent) {
      return new Finding(CYCLES, List.of(), "stopped because " + spent.getMessage(), Map.of());
    }
  }

  private static Validity validity(List<Finding> findings) {
    boolean unknown = false;
    for (Finding each : findings) {
      if (!each.anomalies().isEmpty()) {
        return Validity.INVALID;
      }
      unknown |= each.unknown() != null;
    }
    return unknown ? Validity.UNKNOWN : Validity.VALID;
  }
}
