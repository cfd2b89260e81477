package dev.trial.broker.transaction;

import org.apache.kafka.common.protocol.Errors;

/**
 * The end of a transaction before transactions v2: the producer keeps its epoch, so that an EndTxn
 * that is late cannot be told from one for the next transaction (KAFKA-17754).
 */
final class OldEnding {
  private OldEnding() {}

  static EndDecision decide(Transaction transaction, EndRequest request, long nowMs) {
    TransactionValue value = transaction.value();
    boolean fencing = transaction.pending() == TransactionState.PREPARE_EPOCH_FENCE;
    boolean fenced =
        request.fromClient() ? request.epoch() != value.epoch() : request.epoch() < value.epoch();
    if (value.producerId() != request.producerId()) {
      return EndDecision.answer(Errors.INVALID_PRODUCER_ID_MAPPING);
    }
    if (fenced) {
      return EndDecision.answer(Errors.PRODUCER_FENCED);
    }
    if (transaction.pending() != null && !fencing) {
      return EndDecision.answer(Errors.CONCURRENT_TRANSACTIONS);
    }
    boolean commit = request.commit();
    return switch (transaction.state()) {
      case ONGOING -> {
        boolean fence = fencing && !commit;
        if (fence) {
          transaction.beginFencedAbort(true, request.epoch());
        }
        TransactionValue next = transaction.decide(commit, 0, TransactionValue.NONE, false, nowMs);
        yield EndDecision.write(next, fence);
      }
      case COMPLETE_COMMIT -> EndDecision.answer(commit ? Errors.NONE : Errors.INVALID_TXN_STATE);
      case COMPLETE_ABORT -> EndDecision.answer(commit ? Errors.INVALID_TXN_STATE : Errors.NONE);
      case PREPARE_COMMIT, PREPARE_ABORT -> EndDecision.whilePreparing(transaction, commit);
      case EMPTY -> EndDecision.answer(Errors.INVALID_TXN_STATE);
      case DEAD, PREPARE_EPOCH_FENCE -> throw EndDecision.impossible(transaction);
    };
  }
}
