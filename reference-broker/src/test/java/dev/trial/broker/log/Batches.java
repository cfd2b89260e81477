package dev.trial.broker.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Record batches as a client makes them. */
public final class Batches {

  private Batches() {}

  /** A batch of records that carry consecutive values. */
  public static ByteBuffer plain(long firstValue, int count, long timestamp) {
    return MemoryRecords.withRecords(Compression.NONE, records(firstValue, count, timestamp))
        .buffer();
  }

  /** The same from an idempotent producer. */
  public static ByteBuffer idempotent(
      long producerId, int epoch, int sequence, long firstValue, int count, long timestamp) {
    SimpleRecord[] records = records(firstValue, count, timestamp);
    return MemoryRecords.withIdempotentRecords(
            Compression.NONE, producerId, (short) epoch, sequence, records)
        .buffer();
  }

  /** The same within a transaction. */
  public static ByteBuffer transactional(
      long producerId, int epoch, int sequence, long firstValue, int count) {
    SimpleRecord[] records = records(firstValue, count, 0);
    return MemoryRecords.withTransactionalRecords(
            Compression.NONE, producerId, (short) epoch, sequence, records)
        .buffer();
  }

  /** The value in a record's bytes. */
  public static long value(ByteBuffer key, ByteBuffer value) {
    return Long.parseLong(StandardCharsets.UTF_8.decode(value.duplicate()).toString());
  }

  private static SimpleRecord[] records(long firstValue, int count, long timestamp) {
    SimpleRecord[] records = new SimpleRecord[count];
    for (int i = 0; i < count; i++) {
      byte[] text = Long.toString(firstValue + i).getBytes(StandardCharsets.UTF_8);
      records[i] = new SimpleRecord(timestamp + i, null, text);
    }
    return records;
  }
}
