package dev.trial.broker.transaction;

/** A decided transaction whose markers are being written. */
final class Completion {
  private final TransactionShard shard;
  private final Transaction transaction;
  private final boolean commit;
  private final TransactionValue completed;
  private boolean completing;

  /**
   * @param completed what the transaction becomes when all markers are written
   */
  Completion(
      TransactionShard shard, Transaction transaction, boolean commit, TransactionValue completed) {
    this.shard = shard;
    this.transaction = transaction;
    this.commit = commit;
    this.completed = completed;
  }

  TransactionShard shard() {
    return shard;
  }

  Transaction transaction() {
    return transaction;
  }

  boolean commit() {
    return commit;
  }

  TransactionValue completed() {
    return completed;
  }

  /** True once, when the last marker is written. */
  boolean beginCompleting() {
    boolean begins = !completing && transaction.value().partitions().isEmpty() && !shard.closed();
    completing |= begins;
    return begins;
  }

  /** It could not be written that all is complete. */
  void tryAgain() {
    completing = false;
  }
}
