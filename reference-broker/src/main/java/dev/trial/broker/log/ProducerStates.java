package dev.trial.broker.log;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/**
 * What a partition knows of each idempotent or transactional producer: its epoch, its last five
 * batches and its open transaction (KIP-98, KIP-360, KIP-890).
 */
public final class ProducerStates {
  private final Map<Long, ProducerEntry> entries = new TreeMap<>();
  private final TransactionOffsets transactions = new TransactionOffsets();
  private final Verifications verifications = new Verifications();
  private final Defects defects;

  ProducerStates(Defects defects) {
    this.defects = defects;
  }

  /** Base offset at which exactly this batch was appended before, if that is remembered. */
  public OptionalLong duplicateOf(RecordBatchView batch) {
    ProducerEntry entry = entries.get(batch.producerId());
    return entry == null || entry.epoch() != batch.producerEpoch()
        ? OptionalLong.empty()
        : entry.find(batch.baseSequence(), batch.lastSequence(), remembered());
  }

  /** The largest timestamp of the batch of which this one is a duplicate; −1 if it is none. */
  long stampOf(RecordBatchView batch) {
    ProducerEntry entry = entries.get(batch.producerId());
    return entry == null ? -1 : entry.stampOf(batch.baseSequence(), batch.lastSequence());
  }

  private boolean keepsBatches() {
    return defects.has(Defect.OLD_EPOCH_SEQUENCES_KEPT);
  }

  private int remembered() {
    return defects.has(Defect.ONE_BATCH_REMEMBERED) ? 1 : ProducerEntry.BATCHES_KEPT;
  }

  /** As {@link #check(RecordBatchView, Origin)} for a client. */
  public Errors check(RecordBatchView batch) {
    return check(batch, Origin.CLIENT);
  }

  /**
   * Whether a leader may append the producer's batch: INVALID_PRODUCER_EPOCH behind the known
   * epoch; INVALID_TXN_STATE for a transactional batch that its coordinator was not asked about
   * (KIP-890), or one outside of the producer's open transaction; OUT_OF_ORDER_SEQUENCE_NUMBER on a
   * gap or when a new epoch does not begin at 0. A producer that is not known at all may begin with
   * any sequence (KIP-360: its records may have been deleted).
   */
  public Errors check(RecordBatchView batch, Origin origin) {
    ProducerEntry entry = entries.get(batch.producerId());
    if (batch.control()) {
      return checkMarker(entry, batch, origin.transactionVersion());
    }
    boolean fenced = entry != null && batch.producerEpoch() < entry.epoch();
    if (fenced && !defects.has(Defect.FENCED_APPEND_ACCEPTED)) {
      return Errors.INVALID_PRODUCER_EPOCH;
    }
    boolean transactional = batch.transactional();
    if (transactional
        && !ongoing(entry, batch.producerEpoch())
        && origin.verified()
        && !verifications.allows(batch.producerId(), origin.guard())
        && !(fenced && defects.has(Defect.FENCED_APPEND_ACCEPTED))) {
      return Errors.INVALID_TXN_STATE;
    }
    Errors sequence = origin.client() ? checkSequence(entry, batch) : Errors.NONE;
    if (sequence != Errors.NONE) {
      return sequence;
    }
    boolean outside = !transactional && entry != null && entry.inTransaction();
    return outside ? Errors.INVALID_TXN_STATE : Errors.NONE;
  }

  private static boolean ongoing(ProducerEntry entry, short epoch) {
    return entry != null && entry.inTransaction() && entry.epoch() == epoch;
  }

  private Errors checkSequence(ProducerEntry entry, RecordBatchView batch) {
    Errors unverified = verifications.checkSequence(batch, entry == null || entry.empty());
    if (unverified != Errors.NONE || entry == null) {
      return unverified;
    }
    boolean inOrder =
        batch.producerEpoch() != entry.epoch()
            ? batch.baseSequence() == 0
            : Sequences.follows(entry.lastSequence(), batch.baseSequence());
    return inOrder || defects.has(Defect.SEQUENCE_GAP_ACCEPTED)
        ? Errors.NONE
        : Errors.OUT_OF_ORDER_SEQUENCE_NUMBER;
  }

  /**
   * With transactions v2 every end has a higher epoch than the records, so a marker that does not
   * is late; unless it repeats the one that ended the last transaction (KAFKA-19999). Before,
   * markers had the records' epoch.
   */
  private static Errors checkMarker(ProducerEntry entry, RecordBatchView batch, int version) {
    if (entry == null) {
      return Errors.NONE;
    }
    short epoch = batch.producerEpoch();
    boolean repeated =
        epoch == entry.epoch() && (!entry.inTransaction() || epoch == Short.MAX_VALUE);
    boolean late = version >= 2 ? epoch <= entry.epoch() && !repeated : epoch < entry.epoch();
    if (late) {
      return Errors.INVALID_PRODUCER_EPOCH;
    }
    EndMarker marker = EndMarker.read(batch);
    return marker != null && marker.coordinatorEpoch() < entry.coordinatorEpoch()
        ? Errors.TRANSACTION_COORDINATOR_FENCED
        : Errors.NONE;
  }

  /**
   * A process that opens a log knows but the newest batch of each producer: its snapshot, written
   * when the log is closed or recovered, has no more (ProducerStateManager.writeSnapshot of 4.3.1).
   * An earlier one that comes again looks like a gap then.
   */
  void reopened() {
    entries.values().forEach(ProducerEntry::keepNewest);
  }

  /** Remembers a batch that is in the log. */
  public void appended(RecordBatchView batch) {
    if (!batch.hasProducerId()) {
      return;
    }
    ProducerEntry entry =
        entries.computeIfAbsent(batch.producerId(), id -> new ProducerEntry(keepsBatches()));
    if (batch.control()) {
      ended(entry, batch);
    } else {
      entry.add(batch);
    }
    if (batch.transactional()) {
      if (!batch.control() && !entry.inTransaction()) {
        entry.begin(batch.baseOffset());
        transactions.begin(batch.producerId(), batch.baseOffset());
      }
      verifications.appended(batch);
    }
  }

  private void ended(ProducerEntry entry, RecordBatchView batch) {
    EndMarker marker = EndMarker.read(batch);
    if (marker != null) {
      if (entry.inTransaction()) {
        transactions.end(entry.transactionStart(), batch.baseOffset(), marker.committed());
      }
      entry.end(batch, marker.coordinatorEpoch());
    }
  }

  // ---- transactions

  /**
   * Begins to verify a transaction, unless this log holds records of it already.
   *
   * @param sequence of the first record, −1 for none
   * @param newProtocol transactions v2: the partition is added, not only verified
   */
  public Verification verify(
      long producerId, int sequence, short epoch, boolean newProtocol, long nowMs) {
    ProducerEntry entry = entries.get(producerId);
    if (entry != null && epoch < entry.epoch()) {
      return defects.has(Defect.FENCED_APPEND_ACCEPTED)
          ? Verification.ONGOING
          : Verification.refused(Errors.INVALID_PRODUCER_EPOCH);
    }
    return ongoing(entry, epoch)
        ? Verification.ONGOING
        : new Verification(
            Errors.NONE, verifications.begin(producerId, sequence, epoch, newProtocol, nowMs));
  }

  /** First offset whose fate is open, {@code Long.MAX_VALUE} if none is. */
  long firstUnstableOffset() {
    return transactions.firstUnstable();
  }

  /** Aborted transactions with something in {@code [from, upTo)}, by the offset of their marker. */
  List<AbortedTransaction> aborted(long from, long upTo) {
    return transactions.aborted(from, upTo);
  }

  void replicated(long highWatermark) {
    transactions.replicated(highWatermark);
  }

  void raiseStart(long startOffset) {
    transactions.raiseStart(startOffset);
  }

  // ---- all of them

  /** Forgets producers whose last record is as old as producer.id.expiration.ms. */
  public void expire(long nowMs, long expirationMs) {
    entries
        .values()
        .removeIf(entry -> !entry.inTransaction() && nowMs - entry.lastTimestamp() >= expirationMs);
    verifications.expire(nowMs, expirationMs);
  }

  /** Forgets all that the log has told; what is being verified stays. */
  public void clear() {
    entries.clear();
    transactions.clear();
  }

  /** The last batch of every known producer, which a cleaning must keep. */
  Map<Long, Compaction.ProducerLast> lasts() {
    Map<Long, Compaction.ProducerLast> lasts = new TreeMap<>();
    entries.forEach(
        (id, entry) ->
            lasts.put(id, new Compaction.ProducerLast(entry.lastDataOffset(), entry.epoch())));
    return lasts;
  }

  /** How many producers are known. */
  public int size() {
    return entries.size();
  }

  /** Every known producer, by id (KIP-664). */
  public void forEach(Consumer<ProducerState> consumer) {
    entries.forEach((id, entry) -> consumer.accept(entry.state(id)));
  }
}
