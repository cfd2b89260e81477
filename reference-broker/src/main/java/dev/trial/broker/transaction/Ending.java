package dev.trial.broker.transaction;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.transaction.EndRequest.Answer;
import dev.trial.broker.transaction.TransactionCoordinator.Found;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.Errors;

/**
 * Ends transactions: the decision is written and committed first; then the client is answered while
 * the markers go out.
 */
final class Ending {
  private static final short NO_EPOCH = -1;

  private final TransactionCoordinator coordinator;
  private final MarkerSender markers;
  private final Supplier<OptionalLong> producerIds;

  Ending(
      TransactionCoordinator coordinator,
      MarkerSender markers,
      Supplier<OptionalLong> producerIds) {
    this.coordinator = coordinator;
    this.markers = markers;
    this.producerIds = producerIds;
  }

  void end(EndRequest request, Answer answer) {
    if (request.transactionalId() == null || request.transactionalId().isEmpty()) {
      refuse(answer, Errors.INVALID_REQUEST);
      return;
    }
    Found found = coordinator.find(request.transactionalId());
    if (found.error() != Errors.NONE) {
      refuse(answer, found.error());
      return;
    }
    Transaction transaction = found.shard().transaction(request.transactionalId());
    if (transaction == null) {
      refuse(answer, Errors.INVALID_PRODUCER_ID_MAPPING);
      return;
    }
    if (found.shard().defects().has(Defect.LATE_END_ENDS_NEXT) && late(request, transaction)) {
      end(found.shard(), transaction, request.withEpoch(transaction.value().epoch()), answer);
      return;
    }
    end(found.shard(), transaction, request, answer);
  }

  /** Of an epoch that has ended, while a later transaction is under way. */
  private static boolean late(EndRequest request, Transaction transaction) {
    return transaction.state() == TransactionState.ONGOING
        && request.epoch() < transaction.value().epoch();
  }

  private static void refuse(Answer answer, Errors error) {
    answer.ended(error, TransactionValue.NONE, NO_EPOCH);
  }

  private void end(
      TransactionShard shard, Transaction transaction, EndRequest request, Answer answer) {
    boolean newProtocol = request.clientVersion() >= 2;
    TransactionValue before = transaction.value();
    EndDecision decision =
        newProtocol
            ? NewEnding.decide(transaction, request, producerIds, shard.nowMs())
            : OldEnding.decide(transaction, request, shard.nowMs());
    if (decision.value() == null) {
      boolean goOn = newProtocol && decision.error() == Errors.NONE;
      answer.ended(
          decision.error(),
          goOn ? before.producerId() : TransactionValue.NONE,
          goOn ? before.epoch() : NO_EPOCH);
      return;
    }
    shard.write(
        transaction,
        decision.value(),
        error -> {
          if (error == Errors.NONE) {
            decided(shard, transaction, request, answer);
            return;
          }
          if (decision.fence() && !newProtocol) {
            transaction.fenceFailed();
          }
          refuse(answer, error);
        });
  }

  /** The decision is committed: nothing can change it any more. */
  private void decided(
      TransactionShard shard, Transaction transaction, EndRequest request, Answer answer) {
    TransactionValue completed = transaction.complete(shard.nowMs());
    boolean newProtocol = request.clientVersion() >= 2;
    answer.ended(
        Errors.NONE,
        newProtocol ? completed.producerId() : TransactionValue.NONE,
        newProtocol ? completed.epoch() : NO_EPOCH);
    markers.send(new Completion(shard, transaction, request.commit(), completed));
  }

  /** Takes up what the coordinator before had decided but not finished. */
  void resume(TransactionShard shard) {
    for (Transaction transaction : shard.transactions().values()) {
      if (transaction.state().preparing()) {
        boolean commit = transaction.state() == TransactionState.PREPARE_COMMIT;
        boolean lost = shard.defects().has(Defect.PREPARED_COMMIT_ABORTED);
        TransactionValue completed = transaction.complete(shard.nowMs());
        markers.send(new Completion(shard, transaction, commit && !lost, completed));
      }
    }
  }

  /** Aborts a transaction whose producer may not use its epoch any more. */
  void abort(
      Transaction transaction, TransactionValue fence, int transactionVersion, Answer answer) {
    EndRequest request =
        new EndRequest(
            transaction.id(), fence.producerId(), fence.epoch(), false, false, transactionVersion);
    end(request, answer);
  }
}
