package dev.trial.checkers.jepsen;

import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.BudgetSpentException;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Judges a history of Jepsen's Kafka workload by all its checks. */
public final class KafkaJudge {
  private static final String CYCLES = "cycles";
  private static final String NO_MEMORY = "stopped because " + Budget.HEAP_IS_FULL;
  private static final List<Check> CHECKS =
      List.of(new LogCheck(), new TransactionCheck(), new PollCheck(), new SendCheck());

  private final List<Check> checks;
  private final CycleSearch cycles;
  private final Supplier<Budget> budgets;

  /**
   * A judge that gives each check a budget of its own.
   *
   * @param cycles null if nobody looks for cycles
   * @param budgets a fresh one for each check
   */
  public KafkaJudge(CycleSearch cycles, Supplier<Budget> budgets) {
    this(CHECKS, cycles, budgets);
  }

  private KafkaJudge(List<Check> checks, CycleSearch cycles, Supplier<Budget> budgets) {
    this.checks = checks;
    this.cycles = cycles;
    this.budgets = budgets;
  }

  /** The ids of all checks, in the order of reports. */
  public static List<String> ids() {
    return Stream.concat(CHECKS.stream().map(Check::id), Stream.of(CYCLES)).toList();
  }

  /** This judge with some of its checks alone, by their ids; others say nothing. */
  public KafkaJudge only(Set<String> ids) {
    return new KafkaJudge(
        checks.stream().filter(each -> ids.contains(each.id())).toList(),
        ids.contains(CYCLES) ? cycles : null,
        budgets);
  }

  /** Invalid if there is an anomaly that is not allowed, else unknown if a check had to stop. */
  public Verdict judge(KafkaHistory history) {
    Study study = Study.of(history);
    Allowances allowances = Allowances.of(history);
    List<Finding> findings = new ArrayList<>();
    for (Check each : checks) {
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
    } catch (OutOfMemoryError full) {
      findings.unknown(NO_MEMORY);
    }
    return findings.finding(check.id());
  }

  private Finding cycles(Study study) {
    try {
      return cycles.cycles(new KafkaDependencies(study), budgets.get());
    } catch (BudgetSpentException spent) {
      return new Finding(CYCLES, List.of(), "stopped because " + spent.getMessage(), Map.of());
    } catch (OutOfMemoryError full) {
      return new Finding(CYCLES, List.of(), NO_MEMORY, Map.of());
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
