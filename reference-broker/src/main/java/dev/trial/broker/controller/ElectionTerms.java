package dev.trial.broker.controller;

import dev.trial.broker.controller.PartitionElection.Reach;
import java.util.function.IntPredicate;

/**
 * What the change of a partition goes by.
 *
 * @param reach how far an election may go
 * @param alive who may lead
 * @param eligibleKept whether eligible leader replicas are kept (KIP-966,
 *     eligible.leader.replicas.version 1); without them the last in-sync replica keeps its seat
 * @param minInSync min.insync.replicas of the topic, at most its replication factor
 * @param shutDownUncleanly the broker that has come back after a crash, which may have lost what it
 *     had not flushed; {@link #NOBODY} for none
 */
record ElectionTerms(
    Reach reach, IntPredicate alive, boolean eligibleKept, int minInSync, int shutDownUncleanly) {
  static final int NOBODY = -1;

  /** The terms before KIP-966. */
  ElectionTerms(Reach reach, IntPredicate alive) {
    this(reach, alive, false, 1, NOBODY);
  }
}
