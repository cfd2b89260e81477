package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Pace;
import dev.trial.core.history.History;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.BudgetSpentException;
import dev.trial.core.verdict.Checker;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.StepBudget;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import dev.trial.core.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Judges a history by every checker; the evidence is gathered once and shared. */
public final class Judge {

  private static final List<FamilyChecker> FAMILIES =
      List.of(
          new LossChecker(),
          new ContentChecker(),
          new CompactionChecker(),
          new TimestampChecker(),
          new RecreationChecker(),
          new TransactionChecker(),
          new HangingTransactionChecker(),
          new MarkerChecker(),
          new TransformChecker(),
          new ReplicaChecker(),
          new PollChecker(),
          new TruncationChecker(),
          new SendOrderChecker(),
          new KeyChecker(),
          new RealTimeChecker(),
          new ProcessingChecker(),
          new KeyOrderChecker(),
          new CommitChecker(),
          new GroupChecker(),
          new StaticMemberChecker(),
          new GroupTypeChecker(),
          new RebalanceChecker(),
          new LagChecker(),
          new ClientChecker(),
          new AvailabilityChecker());

  /**
   * What a checker may take in a run: a hundred times what ten million operations need. Counted, so
   * that a run judged again gets the same verdict.
   */
  private static final long RUN_STEPS = 1L << 32;

  private final Workers workers;
  private final Supplier<Budget> budgets;
  private final List<FamilyChecker> families;

  /**
   * A judge.
   *
   * @param workers who run the checkers; the verdict is the same with any number of them
   * @param budgets a fresh one for each checker, and one for gathering the evidence
   */
  public Judge(Workers workers, Supplier<Budget> budgets) {
    this(workers, budgets, FAMILIES);
  }

  private Judge(Workers workers, Supplier<Budget> budgets, List<FamilyChecker> families) {
    this.workers = workers;
    this.budgets = budgets;
    this.families = families;
  }

  /** This judge with some of its checkers alone, by their ids; others say nothing. */
  public Judge only(Set<String> ids) {
    return new Judge(
        workers, budgets, families.stream().filter(each -> ids.contains(each.id())).toList());
  }

  /** Every checker, each usable alone. */
  public static List<Checker> checkers() {
    return List.copyOf(FAMILIES);
  }

  /** Judges a history by all checkers, one after the other, each in a number of steps. */
  public static Verdict judge(History history, Rules rules) {
    return new Judge(Workers.NONE, () -> new StepBudget(RUN_STEPS)).verdict(history, rules);
  }

  /**
   * Judges a history by this judge's checkers: invalid if there is an anomaly, else unknown if a
   * checker could not tell, else valid.
   */
  public Verdict verdict(History history, Rules rules) {
    List<Finding> findings;
    String stopped = null;
    Pace pace = new Pace(budgets.get());
    try {
      Evidence evidence = Evidence.of(history, rules, pace);
      stopped = evidence.completeness().stopped();
      findings = findings(evidence);
    } catch (BudgetSpentException spent) {
      findings = unknown("stopped because " + spent.getMessage());
    } catch (OutOfMemoryError full) {
      findings = unknown("stopped because " + pace.stopped(Budget.HEAP_IS_FULL));
    }
    return new Verdict(validity(findings), findings, stopped);
  }

  private List<Finding> findings(Evidence evidence) {
    Losses losses = new Losses(evidence);
    List<Supplier<Finding>> begun = new ArrayList<>();
    for (FamilyChecker each : families) {
      Budget budget = budgets.get();
      begun.add(workers.begin(() -> each.check(evidence, losses, budget)));
    }
    List<Finding> findings = new ArrayList<>();
    begun.forEach(each -> findings.add(each.get()));
    return findings;
  }

  /** Without evidence no checker can tell. */
  private List<Finding> unknown(String reason) {
    List<Finding> findings = new ArrayList<>();
    families.forEach(each -> findings.add(new Finding(each.id(), List.of(), reason, Map.of())));
    return findings;
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
