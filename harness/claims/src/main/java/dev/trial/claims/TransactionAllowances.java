package dev.trial.claims;

import dev.trial.core.run.ClientPlan;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Explained;
import dev.trial.workloads.plan.Programs;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What isolation levels, and loops without transactions, give away. */
final class TransactionAllowances {
  private static final Set<Cause> WHATEVER = EnumSet.allOf(Cause.class);

  private TransactionAllowances() {}

  static List<Explained> of(Promised run) {
    List<Explained> allowed = new ArrayList<>();
    allowed.add(
        new Explained(EnumSet.of(AnomalyKind.MARKER_MISMATCH), EnumSet.of(Cause.MARKER_RETRIED)));
    if (!"read_committed".equals(run.profile().consumer().get("isolation.level"))) {
      allowed.add(new Explained(EnumSet.of(AnomalyKind.ABORTED_READ), WHATEVER));
    }
    if (run.plan().clients().stream().anyMatch(TransactionAllowances::transformsWithout)) {
      allowed.add(
          new Explained(
              EnumSet.of(AnomalyKind.DUPLICATE_PROCESSING),
              EnumSet.of(Cause.COMMIT_STRATEGY, Cause.LAST_RECORD, Cause.COMMIT_BEHIND)));
      allowed.add(new Explained(EnumSet.of(AnomalyKind.OFFSET_OUTPUT_MISMATCH), WHATEVER));
    }
    return allowed;
  }

  private static boolean transformsWithout(ClientPlan client) {
    return client.program().equals(Programs.TRANSFORMER)
        && !client.parameters().flag("transactional", false);
  }
}
