package dev.trial.broker.transaction;

import dev.trial.broker.replication.TransactionalProducer;
import dev.trial.broker.transaction.TransactionCoordinator.Found;
import dev.trial.core.history.PartitionId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/** Adds partitions to transactions, or tells whether they are in one (KIP-98, KIP-890). */
final class Enlisting {
  private final TransactionCoordinator coordinator;

  Enlisting(TransactionCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  /**
   * Adds the partitions; told NONE once that is committed.
   *
   * @param clientVersion transaction version of the request
   */
  void add(
      TransactionalProducer producer,
      Set<PartitionId> partitions,
      int clientVersion,
      Consumer<Errors> done) {
    Found found = find(producer);
    if (found.error() != Errors.NONE) {
      done.accept(found.error());
      return;
    }
    Transaction transaction = found.shard().transaction(producer.transactionalId());
    Errors refused = refusal(transaction, producer, true);
    if (refused != Errors.NONE) {
      done.accept(refused);
    } else if (transaction.state() == TransactionState.ONGOING
        && transaction.value().partitions().containsAll(partitions)) {
      done.accept(Errors.NONE);
    } else {
      TransactionShard shard = found.shard();
      TransactionValue next = transaction.addPartitions(partitions, clientVersion, shard.nowMs());
      shard.write(transaction, next, done);
    }
  }

  /** For each partition NONE, or why no record of the transaction may be written there. */
  Map<PartitionId, Errors> verify(TransactionalProducer producer, Set<PartitionId> partitions) {
    Found found = find(producer);
    Transaction transaction =
        found.shard() == null ? null : found.shard().transaction(producer.transactionalId());
    Errors refused =
        found.error() == Errors.NONE ? refusal(transaction, producer, false) : found.error();
    Map<PartitionId, Errors> outcome = new TreeMap<>();
    for (PartitionId partition : partitions) {
      boolean added =
          refused == Errors.NONE && transaction.value().partitions().contains(partition);
      Errors own = added ? Errors.NONE : Errors.TRANSACTION_ABORTABLE;
      outcome.put(partition, refused == Errors.NONE ? own : refused);
    }
    return outcome;
  }

  private Found find(TransactionalProducer producer) {
    String id = producer.transactionalId();
    return id == null || id.isEmpty()
        ? new Found(null, Errors.INVALID_REQUEST)
        : coordinator.find(id);
  }

  /**
   * A change on its way is waited for before anything else is looked at: with transactions v2 the
   * producer may have the epoch or id that it brings. A mere question does not wait, as the log
   * looks again at the append.
   */
  private static Errors refusal(
      Transaction transaction, TransactionalProducer producer, boolean change) {
    if (transaction == null) {
      return Errors.INVALID_PRODUCER_ID_MAPPING;
    }
    if (change && transaction.pending() != null) {
      return Errors.CONCURRENT_TRANSACTIONS;
    }
    if (transaction.value().producerId() != producer.producerId()) {
      return Errors.INVALID_PRODUCER_ID_MAPPING;
    }
    if (transaction.value().epoch() != producer.epoch()) {
      return Errors.PRODUCER_FENCED;
    }
    return transaction.state().preparing() ? Errors.CONCURRENT_TRANSACTIONS : Errors.NONE;
  }
}
