package dev.trial.broker.transaction;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.replication.InternalLog;
import dev.trial.broker.replication.InternalLog.Appended;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Host;
import dev.trial.core.world.Timers.Timer;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/**
 * The transactional ids of one partition of {@code __transaction_state} during one term of this
 * broker as its leader. A value changes when the record that carries it is committed, never before.
 */
final class TransactionShard {
  private final PartitionId partition;
  private final int coordinatorEpoch;
  private final InternalLog log;
  private final Host host;
  private final TransactionSettings settings;
  private final Defects defects;
  private final SortedMap<String, Transaction> transactions = new TreeMap<>();
  private boolean loaded;
  private boolean closed;

  TransactionShard(
      PartitionId partition,
      int coordinatorEpoch,
      InternalLog log,
      Host host,
      TransactionSettings settings,
      Defects defects) {
    this.partition = partition;
    this.coordinatorEpoch = coordinatorEpoch;
    this.log = log;
    this.host = host;
    this.settings = settings;
    this.defects = defects;
  }

  PartitionId partition() {
    return partition;
  }

  /** The leader epoch of this term; markers carry it. */
  int coordinatorEpoch() {
    return coordinatorEpoch;
  }

  Defects defects() {
    return defects;
  }

  long nowMs() {
    return host.clock().epochMs();
  }

  boolean loaded() {
    return loaded;
  }

  /** True once this term is over. */
  boolean closed() {
    return closed;
  }

  void close() {
    closed = true;
  }

  /**
   * Reads the log to its end, as Kafka does: also what is not committed yet. Where it cannot be
   * read any further, what was read counts (TransactionStateManager.loadTransactionMetadata).
   */
  void load() {
    try {
      log.replay(partition, batch -> TransactionFormat.read(batch, this::take));
    } catch (RuntimeException unreadable) {
      host.log("failed to load " + partition + " to its end: " + unreadable);
    }
    loaded = true;
  }

  private void take(String id, TransactionValue value) {
    if (value == null) {
      transactions.remove(id);
    } else {
      transactions.put(id, new Transaction(id, value));
    }
  }

  /** Null if there is none. */
  Transaction transaction(String id) {
    return transactions.get(id);
  }

  Transaction create(String id, TransactionValue value) {
    Transaction created = new Transaction(id, value);
    transactions.put(id, created);
    return created;
  }

  Map<String, Transaction> transactions() {
    return transactions;
  }

  // ---- the log

  /** Writes the transaction's next value; it becomes that when the record is committed. */
  void write(Transaction transaction, TransactionValue next, Consumer<Errors> done) {
    write(transaction, next, false, done);
  }

  /**
   * As {@link #write}.
   *
   * @param insist the change stays pending if the log is not available now: it is tried again
   */
  void write(
      Transaction transaction, TransactionValue next, boolean insist, Consumer<Errors> done) {
    ByteBuffer batch =
        TransactionFormat.batch(transaction.id(), next, settings.transactionVersion(), nowMs());
    append(
        batch,
        next.timeoutMs(),
        error -> {
          if (error == Errors.NONE) {
            transaction.become(next);
          } else if (!(insist && error == Errors.COORDINATOR_NOT_AVAILABLE)) {
            transaction.giveUp();
          }
          done.accept(error);
        });
  }

  /** Forgets an id that was not used for long. */
  void forget(Transaction transaction) {
    transaction.die();
    ByteBuffer tombstone =
        TransactionFormat.batch(transaction.id(), null, settings.transactionVersion(), nowMs());
    append(
        tombstone,
        settings.requestTimeoutMs(),
        error -> {
          if (error == Errors.NONE) {
            transactions.remove(transaction.id());
          } else {
            transaction.giveUp();
          }
        });
  }

  private void append(ByteBuffer batch, long timeoutMs, Consumer<Errors> done) {
    if (closed) {
      done.accept(Errors.NOT_COORDINATOR);
      return;
    }
    Pending pending = new Pending(done);
    pending.timer = host.timers().after(timeoutMs, pending::timedOut);
    log.append(partition, batch, pending::ended);
    if (defects.has(Defect.DECISION_NOT_AWAITED)) {
      pending.tell(Errors.NONE);
    }
  }

  /** A record on its way; whoever waits is told once. */
  private final class Pending {
    private Consumer<Errors> done;
    private Timer timer;

    Pending(Consumer<Errors> done) {
      this.done = done;
    }

    void ended(Appended appended) {
      timer.cancel();
      boolean late = appended.error() == Errors.NONE && closed;
      tell(late ? Errors.NOT_COORDINATOR : toCoordinatorError(appended.error()));
    }

    void timedOut() {
      tell(toCoordinatorError(Errors.REQUEST_TIMED_OUT));
    }

    private void tell(Errors error) {
      Consumer<Errors> once = done;
      done = null;
      if (once != null) {
        once.accept(error);
      }
    }
  }

  private static Errors toCoordinatorError(Errors logError) {
    return switch (logError) {
      case UNKNOWN_TOPIC_OR_PARTITION,
          NOT_ENOUGH_REPLICAS,
          NOT_ENOUGH_REPLICAS_AFTER_APPEND,
          REQUEST_TIMED_OUT ->
          Errors.COORDINATOR_NOT_AVAILABLE;
      case NOT_LEADER_OR_FOLLOWER, KAFKA_STORAGE_ERROR -> Errors.NOT_COORDINATOR;
      case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE -> Errors.UNKNOWN_SERVER_ERROR;
      default -> logError;
    };
  }
}
