package dev.trial.engine.compare;

import dev.trial.core.verdict.AnomalyKind;
import java.util.EnumSet;
import java.util.Set;

/** What a user would call an anomaly, the gravest first. */
public enum Harm {
  LOST("lost", AnomalyKind.LOST_WRITE, AnomalyKind.TAIL_LOSS, AnomalyKind.READ_THEN_LOST),
  WORK_LOST("work lost", AnomalyKind.LOST_PROCESSING, AnomalyKind.SKIPPED_BY_GROUP),
  TWICE("stored twice", AnomalyKind.DUPLICATE),
  REORDERED("reordered", AnomalyKind.SEND_REORDER, AnomalyKind.NONMONOTONIC_SEND),
  WORK_TWICE("work twice", AnomalyKind.DUPLICATE_PROCESSING),
  TRANSACTIONS(
      "transactions broken",
      AnomalyKind.ABORTED_READ,
      AnomalyKind.TORN_TRANSACTION,
      AnomalyKind.ZOMBIE_COMMIT,
      AnomalyKind.HANGING_TRANSACTION,
      AnomalyKind.OFFSET_OUTPUT_MISMATCH);

  private final String words;
  private final Set<AnomalyKind> kinds;

  Harm(String words, AnomalyKind first, AnomalyKind... more) {
    this.words = words;
    this.kinds = EnumSet.of(first, more);
  }

  /** As a heading. */
  public String words() {
    return words;
  }

  /** True if an anomaly of that kind is of it. */
  public boolean has(AnomalyKind kind) {
    return kinds.contains(kind);
  }
}
