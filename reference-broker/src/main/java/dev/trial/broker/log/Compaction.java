package dev.trial.broker.log;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecords.RecordFilter;
import org.apache.kafka.common.record.internal.MemoryRecords.RecordFilter.BatchRetention;
import org.apache.kafka.common.record.internal.MemoryRecords.RecordFilter.BatchRetentionResult;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;

/**
 * One cleaning of a log: of each key at least the newest record stays, at its offset; a tombstone
 * stays until delete.retention.ms after the cleaning that first met it, so that every reader who
 * began before can see it (KIP-534). The rules are those of Kafka's Cleaner; its map of keys knows
 * no limit here.
 */
final class Compaction {
  private final LogSettings settings;
  private final Defects defects;
  private final List<AbortedTransaction> aborted;
  private final Map<Long, ProducerLast> producers;
  private final long nowMs;

  /** The newest offset of each key; looked up, never iterated. */
  private final Map<ByteBuffer, Long> newest = new HashMap<>();

  private long mappedBelow;

  /**
   * The last batch of a producer that is still known: it stays, if need be empty, as it alone tells
   * the producer's last sequence.
   *
   * @param lastDataOffset −1 if only a marker tells of it
   */
  record ProducerLast(long lastDataOffset, short epoch) {}

  Compaction(
      LogSettings settings,
      Defects defects,
      List<AbortedTransaction> aborted,
      Map<Long, ProducerLast> producers,
      long nowMs) {
    this.settings = settings;
    this.defects = defects;
    this.aborted = aborted;
    this.producers = producers;
    this.nowMs = nowMs;
  }

  /** Learns the newest offset of every key in the dirty segments, from {@code firstDirty} on. */
  void map(List<Segment> dirty, long firstDirty, long upTo) {
    mappedBelow = upTo;
    CleanedTransactions transactions = new CleanedTransactions(aborted);
    for (Segment segment : dirty) {
      for (RecordBatch batch : batches(segment)) {
        boolean skipped = transactions.discardable(batch) || batch.isControlBatch();
        if (!skipped) {
          map(batch, firstDirty);
        }
      }
    }
  }

  private void map(RecordBatch batch, long firstDirty) {
    for (Record record : batch) {
      if (record.hasKey() && record.offset() >= firstDirty) {
        boolean first = newest.putIfAbsent(copy(record.key()), record.offset()) == null;
        if (!first && !defects.has(Defect.COMPACTION_DROPS_NEWEST)) {
          newest.put(copy(record.key()), record.offset());
        }
      }
    }
  }

  private static ByteBuffer copy(ByteBuffer key) {
    byte[] bytes = new byte[key.remaining()];
    key.duplicate().get(bytes);
    return ByteBuffer.wrap(bytes);
  }

  /**
   * Neighbouring segments that fit into one together, so that segments do not get ever smaller.
   * Sizes are those before the cleaning, as in Kafka.
   */
  List<List<Segment>> grouped(List<Segment> segments) {
    List<List<Segment>> groups = new ArrayList<>();
    long bytes = Long.MAX_VALUE / 2;
    for (Segment segment : segments) {
      if (bytes + segment.sizeBytes() > settings.segmentBytes()) {
        groups.add(new ArrayList<>());
        bytes = 0;
      }
      groups.get(groups.size() - 1).add(segment);
      bytes += segment.sizeBytes();
    }
    return groups;
  }

  /** What is left of every group, in the order of the log. */
  List<ByteBuffer> clean(List<List<Segment>> groups) {
    CleanedTransactions transactions = new CleanedTransactions(aborted);
    List<ByteBuffer> left = new ArrayList<>();
    for (List<Segment> group : groups) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (Segment segment : group) {
        ByteBuffer source = segment.readAll();
        ByteBuffer room = ByteBuffer.allocate(Math.max(1, source.remaining()));
        ByteBuffer filtered =
            MemoryRecords.readableRecords(source)
                .filterTo(new Filter(transactions), room, BufferSupplier.NO_CACHING)
                .outputBuffer();
        filtered.flip();
        bytes.write(filtered.array(), filtered.arrayOffset(), filtered.remaining());
      }
      left.add(moved(ByteBuffer.wrap(bytes.toByteArray())));
    }
    return left;
  }

  private static Iterable<MutableRecordBatch> batches(Segment segment) {
    return MemoryRecords.readableRecords(segment.readAll()).batches();
  }

  /** The defect that closes the gaps which removed batches have left. */
  private ByteBuffer moved(ByteBuffer batches) {
    if (defects.has(Defect.COMPACTION_MOVES_RECORD)) {
      RecordBatchView view = new RecordBatchView(batches);
      long next = view.complete() ? view.baseOffset() : 0;
      for (; view.complete(); view.advance()) {
        view.baseOffset(next);
        next = view.lastOffset() + 1;
      }
    }
    return batches;
  }

  /** Decides batch by batch, and record by record where a batch stays. */
  private final class Filter extends RecordFilter {
    private final CleanedTransactions transactions;
    private boolean discarding;

    Filter(CleanedTransactions transactions) {
      super(nowMs, settings.cleanup().deleteRetentionMs());
      this.transactions = transactions;
    }

    @Override
    protected BatchRetentionResult checkBatchRetention(RecordBatch batch) {
      boolean discardable = transactions.discardable(batch);
      // A marker waits as long as a tombstone: readers may have seen data that it decides about.
      discarding = discardable && (!batch.isControlBatch() || horizonPassed(batch));
      boolean last = batch.nextOffset() == mappedBelow || lastOfProducer(batch);
      BatchRetention retention =
          last
              ? BatchRetention.RETAIN_EMPTY
              : discarding ? BatchRetention.DELETE : BatchRetention.DELETE_EMPTY;
      return new BatchRetentionResult(retention, discardable && batch.isControlBatch());
    }

    private boolean lastOfProducer(RecordBatch batch) {
      ProducerLast known = batch.hasProducerId() ? producers.get(batch.producerId()) : null;
      if (known == null) {
        return false;
      }
      return known.lastDataOffset() >= 0
          ? batch.lastOffset() == known.lastDataOffset()
          : batch.isControlBatch() && batch.producerEpoch() == known.epoch();
    }

    @Override
    protected boolean shouldRetainRecord(RecordBatch batch, Record record) {
      if (discarding) {
        return false;
      }
      if (batch.isControlBatch() || record.offset() >= mappedBelow) {
        return true;
      }
      if (!record.hasKey()) {
        return false;
      }
      long found = newest.getOrDefault(record.key(), -1L);
      boolean early = defects.has(Defect.TOMBSTONE_REMOVED_EARLY);
      boolean due = !record.hasValue() && (early || horizonPassed(batch));
      return newestOfKey(record.offset(), found) && !due;
    }

    private boolean newestOfKey(long offset, long found) {
      return defects.has(Defect.COMPACTION_DROPS_NEWEST) && found >= 0
          ? offset <= found
          : offset >= found;
    }

    private boolean horizonPassed(RecordBatch batch) {
      return batch.deleteHorizonMs().isPresent() && batch.deleteHorizonMs().getAsLong() <= nowMs;
    }
  }
}
