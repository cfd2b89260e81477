package dev.trial.app.live.answers;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;

/** Record batches as no client makes them. The layout is that of the protocol's record batch. */
final class Batch {
  private static final int CRC_AT = 17;
  private static final int CHECKED_FROM = 21;

  /** Where the header has its fields. */
  static final int LENGTH_AT = 8;

  static final int MAGIC_AT = 16;
  static final int ATTRIBUTES_AT = 21;
  static final int LAST_OFFSET_DELTA_AT = 23;
  static final int COUNT_AT = 57;

  private Batch() {}

  /** A record without a key, of now. */
  static ByteBuffer plain() {
    return plain(Compression.NONE);
  }

  static ByteBuffer plain(Compression compression) {
    return of(compression, System.currentTimeMillis(), null, "value");
  }

  static ByteBuffer of(Compression compression, long timestamp, String key, String... values) {
    MemoryRecordsBuilder builder =
        MemoryRecords.builder(
            ByteBuffer.allocate(1 << 12),
            RecordBatch.CURRENT_MAGIC_VALUE,
            compression,
            TimestampType.CREATE_TIME,
            0);
    return built(builder, timestamp, key, values);
  }

  /** In the format of Kafka 0.10 to 0.10.2 (magic 1) or before (magic 0). */
  static ByteBuffer old(byte magic) {
    MemoryRecordsBuilder builder =
        MemoryRecords.builder(
            ByteBuffer.allocate(1 << 12), magic, Compression.NONE, TimestampType.CREATE_TIME, 0);
    long timestamp = magic == 0 ? RecordBatch.NO_TIMESTAMP : System.currentTimeMillis();
    return built(builder, timestamp, null, "value");
  }

  /** Of a producer with an id, in a transaction or not. */
  static ByteBuffer of(long producerId, int epoch, int sequence, boolean transactional) {
    MemoryRecordsBuilder builder =
        MemoryRecords.builder(
            ByteBuffer.allocate(1 << 12),
            RecordBatch.CURRENT_MAGIC_VALUE,
            Compression.NONE,
            TimestampType.CREATE_TIME,
            0,
            RecordBatch.NO_TIMESTAMP,
            producerId,
            (short) epoch,
            sequence,
            transactional,
            RecordBatch.NO_PARTITION_LEADER_EPOCH);
    return built(builder, System.currentTimeMillis(), null, "value");
  }

  private static ByteBuffer built(
      MemoryRecordsBuilder builder, long timestamp, String key, String... values) {
    byte[] keyBytes = key == null ? null : Scene.utf8(key);
    for (String value : values) {
      builder.append(timestamp, keyBytes, value == null ? null : Scene.utf8(value));
    }
    return builder.build().buffer();
  }

  static ByteBuffer with(ByteBuffer batch, int at, int value) {
    batch.putInt(at, value);
    return checked(batch);
  }

  static ByteBuffer withShort(ByteBuffer batch, int at, int value) {
    batch.putShort(at, (short) value);
    return checked(batch);
  }

  static ByteBuffer withByte(ByteBuffer batch, int at, int value) {
    batch.put(at, (byte) value);
    return checked(batch);
  }

  static ByteBuffer withWrongChecksum(ByteBuffer batch) {
    return batch.putInt(CRC_AT, ~batch.getInt(CRC_AT));
  }

  private static ByteBuffer checked(ByteBuffer batch) {
    CRC32C crc = new CRC32C();
    crc.update(batch.duplicate().position(CHECKED_FROM));
    return batch.putInt(CRC_AT, (int) crc.getValue());
  }

  static ByteBuffer joined(ByteBuffer... batches) {
    ByteBuffer all = ByteBuffer.allocate(1 << 14);
    for (ByteBuffer each : batches) {
      all.put(each.duplicate());
    }
    return all.flip();
  }
}
