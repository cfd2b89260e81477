package dev.trial.broker.replication;

import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.PartitionId;

/**
 * Told when a broker refuses a batch for its bytes: the sender's buffer changed, or the wire or a
 * disk did.
 */
@FunctionalInterface
public interface RefusedBatchListener {
  /**
   * A batch was refused.
   *
   * @param oracle {@link Oracle#PRODUCED_BATCH} or {@link Oracle#FETCHED_BATCH}
   */
  void refused(String oracle, PartitionId partition, String why);
}
