package dev.trial.broker.group;

import dev.trial.broker.log.EndMarker;
import dev.trial.broker.log.RecordBatchView;
import dev.trial.broker.replication.TransactionalProducer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Record batches (magic 2, uncompressed) of coordinator state: written and read. */
final class StateBatch {
  private static final int CRC_AT = 17;
  private static final int ATTRIBUTES_AT = 21;

  private StateBatch() {}

  /** One batch with these records; the log assigns offsets. */
  static ByteBuffer of(List<StateRecord> records, long epochMs) {
    return of(records, epochMs, 0, RecordBatchView.NO_PRODUCER_ID, (short) -1);
  }

  /** The same within a producer's transaction. It has no sequence numbers. */
  static ByteBuffer transactional(
      List<StateRecord> records, long epochMs, TransactionalProducer producer) {
    return of(
        records,
        epochMs,
        RecordBatchView.TRANSACTIONAL_FLAG,
        producer.producerId(),
        producer.epoch());
  }

  private static ByteBuffer of(
      List<StateRecord> records, long epochMs, int attributes, long producerId, short epoch) {
    Bytes bytes = new Bytes();
    bytes.int64(0).int32(0).int32(-1).int8(2).int32(0);
    bytes.int16(attributes).int32(records.size() - 1).int64(epochMs).int64(epochMs);
    bytes.int64(producerId).int16(epoch).int32(-1).int32(records.size());
    for (int i = 0; i < records.size(); i++) {
      byte[] record =
          record(i, RecordFormat.key(records.get(i)), RecordFormat.value(records.get(i)));
      bytes.varlong(record.length).bytes(record);
    }
    ByteBuffer batch = bytes.finished();
    batch.putInt(8, batch.limit() - RecordBatchView.LENGTH_OVERHEAD_BYTES);
    CRC32C crc32c = new CRC32C();
    crc32c.update(batch.slice(ATTRIBUTES_AT, batch.limit() - ATTRIBUTES_AT));
    batch.putInt(CRC_AT, (int) crc32c.getValue());
    return batch;
  }

  private static byte[] record(int offsetDelta, byte[] key, byte[] value) {
    Bytes bytes = new Bytes();
    bytes.int8(0).varlong(0).varlong(offsetDelta).varlong(key.length).bytes(key);
    if (value == null) {
      bytes.varlong(-1);
    } else {
      bytes.varlong(value.length).bytes(value);
    }
    return bytes.varlong(0).toArray();
  }

  /** Takes a record; the producer is −1 outside of transactions. */
  @FunctionalInterface
  interface RecordSink {
    void record(long producerId, StateRecord record);
  }

  /** Takes the end of a producer's transaction. */
  @FunctionalInterface
  interface MarkerSink {
    void marker(long producerId, boolean committed);
  }

  /** Reads everything in one or more batches, in order. */
  static void read(ByteBuffer batches, RecordSink records, MarkerSink markers) {
    RecordBatchView view = new RecordBatchView(batches);
    while (!view.atEnd() && view.complete()) {
      if (!view.control()) {
        long producerId = view.producerId();
        readBatch(view, record -> records.record(producerId, record));
      } else if (view.hasProducerId() && EndMarker.read(view) != null) {
        markers.marker(view.producerId(), EndMarker.read(view).committed());
      }
      view.advance();
    }
  }

  private static void readBatch(RecordBatchView view, Consumer<StateRecord> sink) {
    ByteBuffer bytes = view.slice();
    bytes.position(RecordBatchView.OVERHEAD_BYTES);
    for (int i = 0; i < view.count(); i++) {
      int length = (int) Bytes.readVarlong(bytes);
      int next = bytes.position() + length;
      bytes.get();
      Bytes.readVarlong(bytes);
      Bytes.readVarlong(bytes);
      ByteBuffer key = part(bytes);
      ByteBuffer value = part(bytes);
      StateRecord record = key == null ? null : RecordFormat.read(key, value);
      if (record != null) {
        sink.accept(record);
      }
      bytes.position(next);
    }
  }

  private static ByteBuffer part(ByteBuffer bytes) {
    int length = (int) Bytes.readVarlong(bytes);
    if (length < 0) {
      return null;
    }
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return part;
  }
}
