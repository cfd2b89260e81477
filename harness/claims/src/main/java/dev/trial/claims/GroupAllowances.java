package dev.trial.claims;

import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Explained;
import dev.trial.workloads.program.CommitStrategy;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What an application gives away by when it commits, and what. */
final class GroupAllowances {
  private static final String RESET = "auto.offset.reset";

  /** Work that was done, and not yet committed, is done again. */
  private static final Set<Cause> BY_CHOICE =
      EnumSet.of(Cause.COMMIT_STRATEGY, Cause.LAST_RECORD, Cause.COMMIT_BEHIND);

  private static final Explained REPEATED =
      new Explained(
          EnumSet.of(AnomalyKind.DUPLICATE_PROCESSING),
          EnumSet.of(
              Cause.COMMIT_STRATEGY, Cause.LAST_RECORD, Cause.COMMIT_BEHIND, Cause.LATE_COMMIT));

  private static final Explained SKIPPED =
      new Explained(EnumSet.of(AnomalyKind.LOST_PROCESSING), BY_CHOICE);

  private static final Explained OUT_OF_ORDER =
      new Explained(EnumSet.of(AnomalyKind.PROCESSING_REORDER), EnumSet.allOf(Cause.class));

  /** Where nothing was committed yet, and the application asks not to begin at the beginning. */
  private static final Explained PASSED_OVER =
      new Explained(EnumSet.of(AnomalyKind.SKIPPED_BY_GROUP), EnumSet.of(Cause.BEGUN_AT_RESET));

  private GroupAllowances() {}

  static List<Explained> of(Promised run) {
    Set<Explained> allowed = new LinkedHashSet<>();
    run.plan().clients().stream()
        .filter(client -> client.kind() == Kind.CONSUMER)
        .filter(client -> client.settings().containsKey("group.id"))
        .forEach(member -> allowed.addAll(of(member)));
    if (!run.profile().consumer().getOrDefault(RESET, "latest").equals("earliest")) {
      allowed.add(PASSED_OVER);
    }
    return List.copyOf(allowed);
  }

  private static List<Explained> of(ClientPlan member) {
    return switch (CommitStrategy.of(member.parameters())) {
      case AUTO, SYNC_BATCH, SYNC_RECORD, SYNC_INTERVAL, OFF_BY_ONE, ASYNC, NONE ->
          List.of(REPEATED);
      case AUTO_ASYNC -> List.of(REPEATED, SKIPPED, OUT_OF_ORDER);
      case TRACKED -> List.of(REPEATED, OUT_OF_ORDER);
      case BEFORE_PROCESSING -> List.of(SKIPPED);
      case ASYNC_RETRY ->
          List.of(
              REPEATED,
              new Explained(EnumSet.of(AnomalyKind.COMMIT_REGRESSION), EnumSet.allOf(Cause.class)));
    };
  }
}
