package dev.trial.app.mutant;

import dev.trial.app.claim.Claim;
import dev.trial.app.claim.Claims;
import dev.trial.app.claim.Experiment;
import dev.trial.broker.defect.Defect;
import java.util.Arrays;
import java.util.List;

/**
 * A defect and the experiment that is to expose it: one that holds on the clean cluster.
 *
 * @param half "" where the claim has one experiment
 */
public record MutantTrial(Defect defect, String claimId, String half) {

  /** The trial of a defect. */
  public static MutantTrial of(Defect defect) {
    return switch (defect) {
      case ACK_BEFORE_IN_SYNC, HIGH_WATERMARK_AHEAD, TRUNCATE_TO_HIGH_WATERMARK ->
          new MutantTrial(defect, "acks-all-min-isr-2", "");
      case MIN_INSYNC_IGNORED -> new MutantTrial(defect, "min-isr-protects-acks-1", "acks-all");
      case DUPLICATE_SEQUENCE_APPENDED -> new MutantTrial(defect, "idempotent-once-in-order", "");
      case UNCLEAN_THOUGH_DISABLED -> new MutantTrial(defect, "unclean-election-off", "");
      case COMMIT_FROM_OLD_GENERATION -> new MutantTrial(defect, "session-timeout-zombie", "");
      case OFFSETS_LOST_AT_COORDINATOR_MOVE -> new MutantTrial(defect, "coordinator-failover", "");
    };
  }

  /** All, in the order of the catalogue. */
  public static List<MutantTrial> all() {
    return Arrays.stream(Defect.values()).map(MutantTrial::of).toList();
  }

  /** The claim. */
  public Claim claim() {
    return Claims.all().get(claimId);
  }

  /** The experiment. */
  public Experiment experiment() {
    return claim().halves().stream()
        .filter(each -> each.half().equals(half))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(claimId + " has no half " + half));
  }

  /** The claim, and its half if it has several. */
  public String name() {
    return half.isEmpty() ? claimId : claimId + "/" + half;
  }
}
