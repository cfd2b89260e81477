package dev.trial.broker.log;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.Errors;

/**
 * What a partition knows of each idempotent producer: its epoch and its last five batches (KIP-98,
 * KIP-360). Control batches are left alone: they belong to transactions.
 */
public final class ProducerStates {

  /** Batches kept per producer: as many as may be in flight. */
  static final int BATCHES_KEPT = 5;

  private final Map<Long, Entry> entries = new TreeMap<>();

  /** Base offset at which exactly this batch was appended before, if that is remembered. */
  public OptionalLong duplicateOf(RecordBatchView batch) {
    Entry entry = entries.get(batch.producerId());
    return entry == null || entry.epoch != batch.producerEpoch()
        ? OptionalLong.empty()
        : entry.find(batch.baseSequence(), batch.lastSequence());
  }

  /**
   * Whether a client may append the batch: INVALID_PRODUCER_EPOCH behind the known epoch,
   * OUT_OF_ORDER_SEQUENCE_NUMBER on a gap or when a new epoch does not begin at 0. A producer that
   * is not known at all may begin with any sequence (KIP-360: its records may have been deleted).
   */
  public Errors check(RecordBatchView batch) {
    Entry entry = entries.get(batch.producerId());
    if (entry == null) {
      return Errors.NONE;
    }
    if (batch.producerEpoch() < entry.epoch) {
      return Errors.INVALID_PRODUCER_EPOCH;
    }
    boolean inOrder =
        batch.producerEpoch() > entry.epoch
            ? batch.baseSequence() == 0
            : Sequences.follows(entry.lastSequence(), batch.baseSequence());
    return inOrder ? Errors.NONE : Errors.OUT_OF_ORDER_SEQUENCE_NUMBER;
  }

  /** Remembers a batch that is in the log. */
  public void appended(RecordBatchView batch) {
    if (!batch.hasProducerId() || batch.control()) {
      return;
    }
    Entry entry = entries.computeIfAbsent(batch.producerId(), id -> new Entry());
    entry.add(batch);
  }

  /** Forgets producers whose last record is as old as producer.id.expiration.ms. */
  public void expire(long nowMs, long expirationMs) {
    entries.values().removeIf(entry -> nowMs - entry.lastTimestamp >= expirationMs);
  }

  /** Forgets all. */
  public void clear() {
    entries.clear();
  }

  /** How many producers are known. */
  public int size() {
    return entries.size();
  }

  /** A ring of the last batches of one producer epoch. */
  private static final class Entry {
    private final int[] lastSequences = new int[BATCHES_KEPT];
    private final int[] deltas = new int[BATCHES_KEPT];
    private final long[] baseOffsets = new long[BATCHES_KEPT];
    private short epoch = -1;
    private int count;
    private int newest = -1;
    private long lastTimestamp;

    void add(RecordBatchView batch) {
      if (epoch != batch.producerEpoch()) {
        epoch = batch.producerEpoch();
        count = 0;
      }
      newest = (newest + 1) % BATCHES_KEPT;
      count = Math.min(count + 1, BATCHES_KEPT);
      lastSequences[newest] = batch.lastSequence();
      deltas[newest] = batch.lastOffsetDelta();
      baseOffsets[newest] = batch.baseOffset();
      lastTimestamp = batch.maxTimestamp();
    }

    int lastSequence() {
      return count == 0 ? -1 : lastSequences[newest];
    }

    OptionalLong find(int firstSequence, int lastSequence) {
      // Oldest first, as the protocol's own search does.
      for (int i = count - 1; i >= 0; i--) {
        int slot = Math.floorMod(newest - i, BATCHES_KEPT);
        if (lastSequences[slot] == lastSequence
            && Sequences.subtract(lastSequence, deltas[slot]) == firstSequence) {
          return OptionalLong.of(baseOffsets[slot]);
        }
      }
      return OptionalLong.empty();
    }
  }
}
