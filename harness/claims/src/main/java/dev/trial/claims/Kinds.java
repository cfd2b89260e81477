package dev.trial.claims;

import dev.trial.core.verdict.AnomalyKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Sets of anomalies that claims speak of. */
final class Kinds {

  /** An acknowledged value is gone. */
  static final Set<AnomalyKind> LOSS =
      EnumSet.of(AnomalyKind.LOST_WRITE, AnomalyKind.TAIL_LOSS, AnomalyKind.READ_THEN_LOST);

  /** What a truncation brings with it once values are lost. */
  static final AnomalyKind[] AFTER_TRUNCATION = {
    AnomalyKind.INCONSISTENT_OFFSETS,
    AnomalyKind.NONMONOTONIC_SEND,
    AnomalyKind.SEND_REORDER,
    AnomalyKind.NONMONOTONIC_POLL,
    AnomalyKind.POLL_SKIP,
    AnomalyKind.SKIPPED_BY_GROUP,
    AnomalyKind.DUPLICATE,
    AnomalyKind.DUPLICATE_PROCESSING,
    AnomalyKind.LOST_PROCESSING,
    AnomalyKind.PROCESSING_REORDER,
    AnomalyKind.WATERMARK_REGRESSION,
    AnomalyKind.COMMIT_AHEAD,
    AnomalyKind.COMMIT_REGRESSION,
    AnomalyKind.WRONG_START
  };

  /** What an unclean election brings to a log of transactions, beside what it does to them. */
  static final AnomalyKind[] AFTER_UNCLEAN_ELECTION = {
    AnomalyKind.LOST_WRITE,
    AnomalyKind.TAIL_LOSS,
    AnomalyKind.READ_THEN_LOST,
    AnomalyKind.ZOMBIE_COMMIT,
    AnomalyKind.DUPLICATE
  };

  /** What the log itself may not do; what groups do with it is another claim's business. */
  static final Set<AnomalyKind> LOG =
      EnumSet.of(
          AnomalyKind.LOST_WRITE,
          AnomalyKind.TAIL_LOSS,
          AnomalyKind.READ_THEN_LOST,
          AnomalyKind.DUPLICATE,
          AnomalyKind.INCONSISTENT_OFFSETS,
          AnomalyKind.PHANTOM,
          AnomalyKind.RESURRECTED,
          AnomalyKind.REPLICA_DIVERGENCE,
          AnomalyKind.STUCK_REPLICA,
          AnomalyKind.WATERMARK_REGRESSION,
          AnomalyKind.POLL_SKIP,
          AnomalyKind.INT_POLL_SKIP,
          AnomalyKind.NONMONOTONIC_POLL,
          AnomalyKind.INT_NONMONOTONIC_POLL,
          AnomalyKind.NONMONOTONIC_SEND,
          AnomalyKind.SEND_REORDER,
          AnomalyKind.REALTIME_SEND_REORDER,
          AnomalyKind.SKIPPED_BY_GROUP,
          AnomalyKind.STUCK_CONSUMER,
          AnomalyKind.CALLBACK_MISSING,
          AnomalyKind.CLIENT_ERROR,
          AnomalyKind.BROKER_INVARIANT,
          AnomalyKind.WIRE_CORRUPTION);

  /** {@link #LOG} for a producer without idempotence: duplicates and order are its own rows. */
  static final Set<AnomalyKind> LOG_BUT_DUPLICATES = without(LOG);

  private Kinds() {}

  private static Set<AnomalyKind> without(Set<AnomalyKind> kinds) {
    Set<AnomalyKind> left = EnumSet.copyOf(kinds);
    left.removeAll(
        EnumSet.of(AnomalyKind.DUPLICATE, AnomalyKind.NONMONOTONIC_SEND, AnomalyKind.SEND_REORDER));
    return left;
  }

  static Set<AnomalyKind> with(Set<AnomalyKind> kinds, AnomalyKind more) {
    Set<AnomalyKind> all = EnumSet.copyOf(kinds);
    all.add(more);
    return all;
  }

  static Set<AnomalyKind> setOf(AnomalyKind... kinds) {
    Set<AnomalyKind> set = EnumSet.noneOf(AnomalyKind.class);
    set.addAll(Arrays.asList(kinds));
    return set;
  }

  static Set<AnomalyKind> of(AnomalyKind first, AnomalyKind... more) {
    return EnumSet.of(first, more);
  }
}
