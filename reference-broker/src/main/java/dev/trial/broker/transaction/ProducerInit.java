package dev.trial.broker.transaction;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.transaction.Transaction.Prepared;
import dev.trial.broker.transaction.TransactionCoordinator.Found;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.Errors;

/**
 * InitProducerId with a transactional id: the producer gets the next epoch, whoever had the one
 * before is fenced, and an open transaction of his is aborted first (KIP-98, KIP-360).
 */
final class ProducerInit {
  private static final short NO_EPOCH = -1;

  private final TransactionCoordinator coordinator;
  private final TransactionSettings settings;
  private final Ending ending;
  private final Supplier<OptionalLong> producerIds;

  ProducerInit(
      TransactionCoordinator coordinator,
      TransactionSettings settings,
      Ending ending,
      Supplier<OptionalLong> producerIds) {
    this.coordinator = coordinator;
    this.settings = settings;
    this.ending = ending;
    this.producerIds = producerIds;
  }

  void init(InitProducerIdRequestData asked, Consumer<InitProducerIdResponseData> answer) {
    Errors refused = refusal(asked);
    if (refused != Errors.NONE) {
      answer.accept(refused(refused));
      return;
    }
    Found found = coordinator.find(asked.transactionalId());
    if (found.error() != Errors.NONE) {
      answer.accept(refused(found.error()));
      return;
    }
    int timeoutMs = asked.enable2Pc() ? Integer.MAX_VALUE : asked.transactionTimeoutMs();
    Transaction transaction = known(found.shard(), asked.transactionalId(), timeoutMs);
    if (transaction == null) {
      answer.accept(refused(Errors.COORDINATOR_LOAD_IN_PROGRESS));
    } else {
      init(found.shard(), transaction, asked, timeoutMs, answer);
    }
  }

  private Errors refusal(InitProducerIdRequestData asked) {
    boolean noId = asked.producerId() == TransactionValue.NONE;
    boolean noEpoch = asked.producerEpoch() == NO_EPOCH;
    if (noId != noEpoch || asked.transactionalId().isEmpty()) {
      return Errors.INVALID_REQUEST;
    }
    if (asked.enable2Pc() && !settings.twoPhaseCommit()) {
      return Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED;
    }
    if (asked.keepPreparedTxn()) {
      return Errors.UNSUPPORTED_VERSION; // KIP-939 is not finished in 4.3
    }
    boolean timeoutFits =
        asked.enable2Pc()
            || asked.transactionTimeoutMs() > 0
                && asked.transactionTimeoutMs() <= settings.maxTimeoutMs();
    return timeoutFits ? Errors.NONE : Errors.INVALID_TRANSACTION_TIMEOUT;
  }

  /** Null while there is no producer id for a new one. */
  private Transaction known(TransactionShard shard, String id, int timeoutMs) {
    Transaction known = shard.transaction(id);
    if (known != null) {
      return known;
    }
    OptionalLong producerId = producerIds.get();
    return producerId.isEmpty()
        ? null
        : shard.create(
            id, TransactionValue.created(producerId.getAsLong(), timeoutMs, shard.nowMs()));
  }

  private void init(
      TransactionShard shard,
      Transaction transaction,
      InitProducerIdRequestData asked,
      int timeoutMs,
      Consumer<InitProducerIdResponseData> answer) {
    if (transaction.pending() != null) {
      answer.accept(refused(Errors.CONCURRENT_TRANSACTIONS));
      return;
    }
    if (asked.producerId() != TransactionValue.NONE && !entitled(transaction.value(), asked)) {
      answer.accept(refused(Errors.PRODUCER_FENCED));
      return;
    }
    switch (transaction.state()) {
      case PREPARE_COMMIT, PREPARE_ABORT -> answer.accept(refused(Errors.CONCURRENT_TRANSACTIONS));
      case ONGOING -> abortFirst(transaction, answer);
      case EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT -> {
        boolean known = transaction.value().epoch() != NO_EPOCH;
        if (known && shard.defects().has(Defect.SECOND_PRODUCER_NOT_FENCED)) {
          answer.accept(told(transaction.value()));
        } else {
          write(shard, transaction, next(shard, transaction, asked, timeoutMs), answer);
        }
      }
      case DEAD, PREPARE_EPOCH_FENCE -> throw EndDecision.impossible(transaction);
    }
  }

  /**
   * A producer that names its id goes on after an error: it must have the present one, or the one
   * before if that one's epochs were used up and the answer got lost.
   */
  private static boolean entitled(TransactionValue value, InitProducerIdRequestData asked) {
    return value.epoch() == NO_EPOCH
        || asked.producerId() == value.producerId()
        || asked.producerId() == value.previousProducerId()
            && TransactionValue.exhausted(asked.producerEpoch());
  }

  /** The fencing epoch is told to nobody: the client comes again and gets one after it. */
  private void abortFirst(Transaction transaction, Consumer<InitProducerIdResponseData> answer) {
    ending.abort(
        transaction,
        transaction.fence(),
        settings.transactionVersion(),
        (error, producerId, epoch) ->
            answer.accept(refused(error == Errors.NONE ? Errors.CONCURRENT_TRANSACTIONS : error)));
  }

  private Prepared next(
      TransactionShard shard,
      Transaction transaction,
      InitProducerIdRequestData asked,
      int timeoutMs) {
    boolean named = asked.producerId() != TransactionValue.NONE;
    TransactionValue value = transaction.value();
    if (value.exhausted() && (!named || asked.producerEpoch() == value.epoch())) {
      OptionalLong producerId = producerIds.get();
      return producerId.isEmpty()
          ? Prepared.refused(Errors.COORDINATOR_LOAD_IN_PROGRESS)
          : transaction.rotate(producerId.getAsLong(), timeoutMs, named, shard.nowMs());
    }
    short expected = named ? asked.producerEpoch() : NO_EPOCH;
    return transaction.bumpEpoch(timeoutMs, expected, shard.nowMs());
  }

  private static void write(
      TransactionShard shard,
      Transaction transaction,
      Prepared next,
      Consumer<InitProducerIdResponseData> answer) {
    if (next.error() != Errors.NONE) {
      answer.accept(refused(next.error()));
      return;
    }
    shard.write(
        transaction,
        next.value(),
        error -> answer.accept(error == Errors.NONE ? told(next.value()) : refused(error)));
  }

  private static InitProducerIdResponseData told(TransactionValue value) {
    return new InitProducerIdResponseData()
        .setProducerId(value.producerId())
        .setProducerEpoch(value.epoch());
  }

  private static InitProducerIdResponseData refused(Errors error) {
    return new InitProducerIdResponseData()
        .setErrorCode(error.code())
        .setProducerId(TransactionValue.NONE)
        .setProducerEpoch(NO_EPOCH);
  }
}
