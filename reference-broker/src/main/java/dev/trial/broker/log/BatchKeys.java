package dev.trial.broker.log;

import java.nio.ByteBuffer;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;

/** Whether records have keys, as compaction needs (Kafka's LogValidator.validateKey). */
final class BatchKeys {

  private BatchKeys() {}

  /** True if every record has a key. */
  static boolean all(ByteBuffer batches) {
    for (Record record : MemoryRecords.readableRecords(batches.duplicate()).records()) {
      if (!record.hasKey()) {
        return false;
      }
    }
    return true;
  }
}
