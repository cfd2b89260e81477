package dev.trial.broker.replication;

import dev.trial.broker.log.Verification;
import dev.trial.broker.replication.TransactionGate.Protocol;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/**
 * Makes sure that a transaction's coordinator knows of each partition before the first record of
 * the transaction gets there (KIP-890).
 */
final class TransactionVerifier {
  private final ReplicaContext context;
  private final Partitions partitions;
  private final TransactionGate gate;
  private final boolean enabled;
  private final long retryMs;
  private final long retryForMs;

  TransactionVerifier(ReplicaContext context, Partitions partitions, TransactionGate gate) {
    this.context = context;
    this.partitions = partitions;
    this.gate = gate;
    this.enabled = context.settings.flag("transaction.partition.verification.enable", true);
    this.retryMs = context.settings.number("add.partitions.to.txn.retry.backoff.ms", 20);
    this.retryForMs =
        Math.min(
            context.settings.number("add.partitions.to.txn.retry.backoff.max.ms", 100),
            context.settings.requestTimeoutMs());
  }

  /** Whether logs insist on verified transactions (transaction.partition.verification.enable). */
  boolean enabled() {
    return enabled;
  }

  /**
   * Verifies (or with transactions v2, adds) partitions.
   *
   * @param sequences first sequence number for each partition, −1 for none
   * @param done told of every partition: refused, or the guard to append under
   */
  void verify(
      TransactionalProducer producer,
      Map<PartitionId, Integer> sequences,
      Protocol protocol,
      Consumer<Map<PartitionId, Verification>> done) {
    if (!enabled && protocol != Protocol.ADD) {
      done.accept(new TreeMap<>());
      return;
    }
    Map<PartitionId, Verification> outcome = new TreeMap<>();
    List<PartitionId> pending = new ArrayList<>();
    sequences.forEach(
        (id, sequence) -> {
          Verification begun = begin(id, producer, sequence, protocol);
          outcome.put(id, begun);
          if (begun.pending()) {
            pending.add(id);
          }
        });
    if (pending.isEmpty()) {
      done.accept(outcome);
      return;
    }
    gate.ask(
        producer,
        pending,
        protocol,
        refused -> {
          refused.forEach((id, error) -> outcome.put(id, Verification.refused(error)));
          done.accept(outcome);
        });
  }

  /**
   * As {@link #verify}; with transactions v2 a transaction that is just being ended is asked about
   * again for a while, as that is common and the client's own retry is slower.
   */
  void verifyPatiently(
      TransactionalProducer producer,
      Map<PartitionId, Integer> sequences,
      Protocol protocol,
      Consumer<Map<PartitionId, Verification>> done) {
    attempt(producer, sequences, protocol, context.nowMs(), done);
  }

  private void attempt(
      TransactionalProducer producer,
      Map<PartitionId, Integer> sequences,
      Protocol protocol,
      long sinceMs,
      Consumer<Map<PartitionId, Verification>> done) {
    verify(
        producer,
        sequences,
        protocol,
        outcome -> {
          boolean again =
              protocol == Protocol.ADD
                  && context.nowMs() - sinceMs < retryForMs
                  && ending(outcome.values());
          if (again) {
            Runnable retry = () -> attempt(producer, sequences, protocol, sinceMs, done);
            context.host.timers().after(retryMs, retry);
          } else {
            done.accept(outcome);
          }
        });
  }

  private static boolean ending(Iterable<Verification> outcomes) {
    for (Verification outcome : outcomes) {
      if (outcome.error() == Errors.CONCURRENT_TRANSACTIONS) {
        return true;
      }
    }
    return false;
  }

  private Verification begin(
      PartitionId id, TransactionalProducer producer, int sequence, Protocol protocol) {
    LocalPartition partition = partitions.get(id);
    if (partition == null) {
      return Verification.refused(partitions.missing(id));
    }
    if (!partition.leading()) {
      return Verification.refused(Errors.NOT_LEADER_OR_FOLLOWER);
    }
    boolean add = protocol == Protocol.ADD;
    return partition
        .log
        .producers()
        .verify(producer.producerId(), sequence, producer.epoch(), add, context.nowMs());
  }
}
