package dev.trial.broker.transaction;

import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.Errors;

/**
 * The end of a transaction with transactions v2 (KIP-890): each takes the producer's next epoch. A
 * request with the epoch before is the repetition of one that was answered; one with the present
 * epoch ends the next transaction, which the coordinator may not have heard of.
 */
final class NewEnding {
  private final Transaction transaction;
  private final EndRequest request;
  private final Supplier<OptionalLong> producerIds;
  private final long nowMs;

  private NewEnding(
      Transaction transaction, EndRequest request, Supplier<OptionalLong> producerIds, long nowMs) {
    this.transaction = transaction;
    this.request = request;
    this.producerIds = producerIds;
    this.nowMs = nowMs;
  }

  static EndDecision decide(
      Transaction transaction, EndRequest request, Supplier<OptionalLong> producerIds, long nowMs) {
    return new NewEnding(transaction, request, producerIds, nowMs).decide();
  }

  private boolean fencing() {
    return transaction.pending() == TransactionState.PREPARE_EPOCH_FENCE;
  }

  /** Repeats a request that used up the last epoch of the last producer id. */
  private boolean repeatsOverflow() {
    TransactionValue value = transaction.value();
    return !fencing()
        && value.previousProducerId() == request.producerId()
        && request.epoch() == Short.MAX_VALUE - 1
        && value.epoch() == 0;
  }

  private boolean repeatsBump() {
    return !fencing() && transaction.value().epoch() == request.epoch() + 1;
  }

  private boolean epochFits() {
    short known = transaction.value().epoch();
    if (fencing()) {
      return (!request.fromClient() || request.epoch() == known) && request.epoch() >= known;
    }
    return switch (transaction.state()) {
      case ONGOING, EMPTY, DEAD, PREPARE_EPOCH_FENCE -> request.epoch() == known;
      case PREPARE_COMMIT, PREPARE_ABORT -> repeatsBump();
      case COMPLETE_COMMIT, COMPLETE_ABORT ->
          repeatsBump() || repeatsOverflow() || request.epoch() == known;
    };
  }

  private EndDecision decide() {
    // First, so that an overflow ends before its new producer id is looked at.
    if (transaction.pending() != null && !fencing()) {
      return EndDecision.answer(Errors.CONCURRENT_TRANSACTIONS);
    }
    if (transaction.value().producerId() != request.producerId() && !repeatsOverflow()) {
      return EndDecision.answer(Errors.INVALID_PRODUCER_ID_MAPPING);
    }
    if (!epochFits()) {
      return EndDecision.answer(Errors.PRODUCER_FENCED);
    }
    boolean repeated = repeatsBump() || repeatsOverflow();
    boolean commit = request.commit();
    return switch (transaction.state()) {
      case ONGOING -> write(false);
      case COMPLETE_COMMIT -> repeated ? repeat(commit) : endNothing();
      case COMPLETE_ABORT -> repeated ? repeat(!commit) : endNothing();
      case PREPARE_COMMIT, PREPARE_ABORT -> EndDecision.whilePreparing(transaction, commit);
      case EMPTY -> endNothing();
      case DEAD, PREPARE_EPOCH_FENCE -> throw EndDecision.impossible(transaction);
    };
  }

  private static EndDecision repeat(boolean sameOutcome) {
    return EndDecision.answer(sameOutcome ? Errors.NONE : Errors.INVALID_TXN_STATE);
  }

  /** Of a transaction without any partition only the abort is allowed: its client can't know. */
  private EndDecision endNothing() {
    return request.commit() ? EndDecision.answer(Errors.INVALID_TXN_STATE) : write(true);
  }

  private EndDecision write(boolean nothingAdded) {
    long fresh = TransactionValue.NONE;
    if (transaction.value().exhausted()) {
      OptionalLong next = producerIds.get();
      if (next.isEmpty()) {
        return refused(Errors.COORDINATOR_LOAD_IN_PROGRESS);
      }
      fresh = next.getAsLong();
    }
    boolean fence = fencing() && !request.commit();
    if (fence) {
      transaction.beginFencedAbort(false, request.epoch());
    }
    TransactionValue next =
        transaction.decide(request.commit(), request.clientVersion(), fresh, nothingAdded, nowMs);
    return EndDecision.write(next, fence);
  }

  private static EndDecision refused(Errors error) {
    return EndDecision.answer(error);
  }
}
