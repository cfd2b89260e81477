package dev.trial.broker.replication;

import dev.trial.broker.log.RecordBatchView;
import dev.trial.broker.log.TimedOffset;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Logged;
import dev.trial.core.payload.Payload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/** The one place where single records are taken out of batches (decompressed if need be). */
final class RecordDecoder {

  private RecordDecoder() {}

  /** Adds every record of the batch; of one that cannot be read, its place. */
  static void logged(RecordBatchView view, ValueReader values, List<Logged> into) {
    List<Logged> read = new ArrayList<>();
    try {
      for (RecordBatch batch : MemoryRecords.readableRecords(view.slice()).batches()) {
        for (Record record : batch) {
          boolean control = batch.isControlBatch();
          long value = control ? Delivered.NO_VALUE : value(record, values);
          read.add(new Logged(record.offset(), batch.partitionLeaderEpoch(), value, control));
        }
      }
      into.addAll(read);
    } catch (KafkaException spoiled) { // also what the record format calls invalid or corrupt
      into.add(new Logged(view.baseOffset(), view.leaderEpoch(), Delivered.NO_VALUE, false));
    }
  }

  /** A tombstone names itself in its header, as it has no value. */
  private static long value(Record record, ValueReader values) {
    Header[] headers = record.headers();
    boolean named =
        !record.hasValue()
            && headers.length == 1
            && headers[0].key().equals(Payload.HEADER)
            && headers[0].value() != null
            && headers[0].value().length == Long.BYTES;
    return named
        ? ByteBuffer.wrap(headers[0].value()).getLong()
        : values.value(record.key(), record.value());
  }

  /** First record at or after the offset whose timestamp is at least the asked one. */
  static TimedOffset firstAt(ByteBuffer bytes, long timestamp, long fromOffset) {
    for (Record record : MemoryRecords.readableRecords(bytes).records()) {
      if (record.timestamp() >= timestamp && record.offset() >= fromOffset) {
        return new TimedOffset(record.timestamp(), record.offset());
      }
    }
    return TimedOffset.NONE;
  }

  /** The record that has the batch's largest timestamp first. */
  static TimedOffset largest(ByteBuffer bytes) {
    return bytes.hasRemaining()
        ? firstAt(bytes, new RecordBatchView(bytes).maxTimestamp(), 0)
        : TimedOffset.NONE;
  }
}
