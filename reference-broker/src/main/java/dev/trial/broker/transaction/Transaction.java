package dev.trial.broker.transaction;

import dev.trial.core.history.PartitionId;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.protocol.Errors;

/**
 * A transactional id: its value, and the state that it is on its way to. While a change is pending
 * no other may begin; the value changes when the record that carries it is committed.
 */
final class Transaction {
  private final String id;
  private TransactionValue value;
  private TransactionState pending;
  private boolean fenceFailed;

  Transaction(String id, TransactionValue value) {
    this.id = id;
    this.value = value;
  }

  /** A change that may be written, or why there is none. */
  record Prepared(Errors error, TransactionValue value) {
    static Prepared refused(Errors error) {
      return new Prepared(error, null);
    }
  }

  String id() {
    return id;
  }

  TransactionValue value() {
    return value;
  }

  TransactionState state() {
    return value.state();
  }

  /** The state that is being written; null if none is. */
  TransactionState pending() {
    return pending;
  }

  // ---- how a change ends

  /** The change is committed. */
  void become(TransactionValue next) {
    if (pending != next.state()) {
      throw new IllegalStateException(id + " became " + next.state() + ", pending was " + pending);
    }
    pending = null;
    value = next;
  }

  /** The change was given up. */
  void giveUp() {
    pending = null;
  }

  /** A marker is in the log of that partition, or will never be needed. */
  void marked(PartitionId partition) {
    SortedSet<PartitionId> left = new TreeSet<>(value.partitions());
    if (left.remove(partition)) {
      value =
          new TransactionValue(
              value.producerId(),
              value.previousProducerId(),
              value.nextProducerId(),
              value.epoch(),
              value.lastEpoch(),
              value.timeoutMs(),
              value.state(),
              left,
              value.startMs(),
              value.updateMs(),
              value.clientVersion());
    }
  }

  /** An abort under a new epoch could not be written; that epoch is used at the next try. */
  void fenceFailed() {
    fenceFailed = true;
  }

  // ---- changes

  private TransactionValue prepare(TransactionChange change) {
    TransactionValue next = change.value();
    if (pending != null) {
      throw new IllegalStateException(id + " is on its way to " + pending + " already");
    }
    pending = next.state();
    return next;
  }

  private TransactionChange to(TransactionState state) {
    return new TransactionChange(value, state);
  }

  /** The open transaction is to be aborted under an epoch that its producer does not have. */
  TransactionValue fence() {
    boolean keep = fenceFailed || value.epoch() == Short.MAX_VALUE;
    int epoch = keep ? value.epoch() : value.epoch() + 1;
    return prepare(to(TransactionState.PREPARE_EPOCH_FENCE).producer(value.producerId(), epoch));
  }

  /**
   * Makes room for an abort after {@link #fence}. Before transactions v2 the fencing epoch is the
   * producer's epoch from now on, whether it can be written or not.
   */
  void beginFencedAbort(boolean takeEpoch, short epoch) {
    pending = null;
    if (takeEpoch) {
      value =
          new TransactionValue(
              value.producerId(),
              value.previousProducerId(),
              value.nextProducerId(),
              epoch,
              (short) TransactionValue.NONE,
              value.timeoutMs(),
              value.state(),
              value.partitions(),
              value.startMs(),
              value.updateMs(),
              value.clientVersion());
    }
  }

  /**
   * InitProducerId: the next epoch. PRODUCER_FENCED to a producer that is neither the present one
   * nor repeats the request that made it so (KIP-360).
   *
   * @param expectedEpoch that the producer has, −1 if it does not say
   */
  Prepared bumpEpoch(int newTimeoutMs, short expectedEpoch, long nowMs) {
    boolean fresh = value.epoch() == TransactionValue.NONE;
    TransactionChange change = to(TransactionState.EMPTY);
    if (expectedEpoch == TransactionValue.NONE) {
      change.epochs(value.epoch() + 1, TransactionValue.NONE);
    } else if (fresh || expectedEpoch == value.epoch()) {
      change.epochs(value.epoch() + 1, value.epoch());
    } else if (expectedEpoch != value.lastEpoch()) {
      return Prepared.refused(Errors.PRODUCER_FENCED);
    }
    return new Prepared(Errors.NONE, prepare(renewed(change, newTimeoutMs, nowMs)));
  }

  /** InitProducerId when the epochs are used up: another producer id. */
  Prepared rotate(long freshProducerId, int newTimeoutMs, boolean recordLastEpoch, long nowMs) {
    int last = recordLastEpoch ? value.epoch() : TransactionValue.NONE;
    TransactionChange change =
        to(TransactionState.EMPTY).producer(freshProducerId, 0).epochs(0, last);
    return new Prepared(Errors.NONE, prepare(renewed(change, newTimeoutMs, nowMs)));
  }

  private static TransactionChange renewed(TransactionChange change, int timeoutMs, long nowMs) {
    return change
        .timeoutMs(timeoutMs)
        .noPartitions()
        .startMs(TransactionValue.NONE)
        .updateMs(nowMs);
  }

  TransactionValue addPartitions(Collection<PartitionId> added, int clientVersion, long nowMs) {
    SortedSet<PartitionId> all = new TreeSet<>(value.partitions());
    all.addAll(added);
    return prepare(
        to(TransactionState.ONGOING)
            .partitions(all)
            .startMs(state().idle() ? nowMs : value.startMs())
            .updateMs(nowMs)
            .clientVersion(clientVersion));
  }

  /**
   * The decision. With transactions v2 it takes the next epoch, so that whatever is late belongs to
   * no transaction any more.
   *
   * @param freshProducerId if that epoch is the last one, else −1
   * @param nothingAdded the transaction never began for the coordinator
   */
  TransactionValue decide(
      boolean commit, int clientVersion, long freshProducerId, boolean nothingAdded, long nowMs) {
    TransactionChange change =
        to(commit ? TransactionState.PREPARE_COMMIT : TransactionState.PREPARE_ABORT);
    if (clientVersion >= 2) {
      boolean stuck = value.epoch() == Short.MAX_VALUE && !commit;
      change.epochs(stuck ? value.epoch() : value.epoch() + 1, value.epoch());
    }
    return prepare(
        change
            .startMs(nothingAdded ? nowMs : value.startMs())
            .nextProducerId(freshProducerId)
            .updateMs(nowMs)
            .clientVersion(clientVersion));
  }

  /** All markers are written. */
  TransactionValue complete(long nowMs) {
    fenceFailed = false;
    TransactionChange change =
        to(
            state() == TransactionState.PREPARE_COMMIT
                ? TransactionState.COMPLETE_COMMIT
                : TransactionState.COMPLETE_ABORT);
    if (value.clientVersion() >= 2 && value.nextProducerId() != TransactionValue.NONE) {
      change.producer(value.nextProducerId(), 0);
    }
    return prepare(change.nextProducerId(TransactionValue.NONE).noPartitions().updateMs(nowMs));
  }

  /** The id was not used for long. */
  void die() {
    pending = TransactionState.DEAD;
  }
}
