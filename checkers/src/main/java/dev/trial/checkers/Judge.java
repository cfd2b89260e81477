package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.Losses;
import dev.trial.core.history.History;
import dev.trial.core.verdict.Checker;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

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
          new RebalanceChecker(),
          new LagChecker(),
          new ClientChecker(),
          new AvailabilityChecker());

  private Judge() {}

  /** Every checker, each usable alone. */
  public static List<Checker> checkers() {
    return List.copyOf(FAMILIES);
  }

  /**
   * Judges a history by all checkers: invalid if there is an anomaly, else unknown if a checker
   * could not tell, else valid.
   */
  public static Verdict judge(History history, Rules rules) {
    Evidence evidence = Evidence.of(history, rules);
    Losses losses = new Losses(evidence);
    List<Finding> findings = new ArrayList<>();
    for (FamilyChecker each : FAMILIES) {
      findings.add(each.check(evidence, losses));
    }
    return new Verdict(validity(findings), findings);
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
