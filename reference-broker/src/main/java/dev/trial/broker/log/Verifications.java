package dev.trial.broker.log;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.Errors;

/**
 * Transactions whose first append to a partition waits for a word of their coordinator (KIP-890). A
 * guard is never given out twice: the answer to an old question lets nothing into a later
 * transaction.
 */
final class Verifications {
  private final Map<Long, Pending> byProducer = new TreeMap<>();
  private long lastGuard;

  /** The guard of the producer's pending verification, begun now unless there is one. */
  long begin(long producerId, int sequence, short epoch, boolean newProtocol, long nowMs) {
    Pending pending = byProducer.get(producerId);
    if (pending == null) {
      pending = new Pending(++lastGuard, nowMs, newProtocol, sequence, epoch);
      byProducer.put(producerId, pending);
    }
    pending.seen(sequence, epoch);
    return pending.guard;
  }

  boolean allows(long producerId, long guard) {
    Pending pending = byProducer.get(producerId);
    return guard != 0 && pending != null && pending.guard == guard;
  }

  /**
   * OUT_OF_ORDER_SEQUENCE_NUMBER for a batch that overtakes one whose verification failed, and with
   * transactions v2 for a beginning in the middle.
   */
  Errors checkSequence(RecordBatchView batch, boolean noBatchKnown) {
    Pending pending = byProducer.isEmpty() ? null : byProducer.get(batch.producerId());
    if (pending == null) {
      return Errors.NONE;
    }
    boolean inTheMiddle = pending.newProtocol && batch.baseSequence() != 0 && noBatchKnown;
    return inTheMiddle || batch.baseSequence() > pending.lowestSequence
        ? Errors.OUT_OF_ORDER_SEQUENCE_NUMBER
        : Errors.NONE;
  }

  /**
   * A transactional batch or a marker is in the log. With transactions v2 the marker of one
   * transaction may come when the next one, of the marker's epoch, is already being verified.
   */
  void appended(RecordBatchView batch) {
    Pending pending = byProducer.isEmpty() ? null : byProducer.get(batch.producerId());
    if (pending != null
        && !(pending.newProtocol && batch.control() && batch.producerEpoch() == pending.epoch)) {
      byProducer.remove(batch.producerId());
    }
  }

  void expire(long nowMs, long expirationMs) {
    byProducer.values().removeIf(pending -> nowMs - pending.sinceMs >= expirationMs);
  }

  private static final class Pending {
    private final long guard;
    private final long sinceMs;
    private final boolean newProtocol;
    private int lowestSequence;
    private short epoch;

    Pending(long guard, long sinceMs, boolean newProtocol, int sequence, short epoch) {
      this.guard = guard;
      this.sinceMs = sinceMs;
      this.newProtocol = newProtocol;
      this.lowestSequence = sequence;
      this.epoch = epoch;
    }

    void seen(int sequence, short seenEpoch) {
      if (seenEpoch > epoch || seenEpoch == epoch && sequence < lowestSequence) {
        epoch = seenEpoch;
        lowestSequence = sequence;
      }
    }
  }
}
