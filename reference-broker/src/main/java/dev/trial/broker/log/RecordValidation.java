package dev.trial.broker.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.CloseableIterator;

/** What a leader looks at in each record of a client (Kafka's LogValidator.validateRecord). */
final class RecordValidation {
  private static final long NO_TIMESTAMP = -1;

  private final LogSettings settings;
  private final long nowMs;
  private final List<RejectedRecord> rejected = new ArrayList<>(0);

  private RecordValidation(LogSettings settings, long nowMs) {
    this.settings = settings;
    this.nowMs = nowMs;
  }

  /** Why these batches may not be stored, null if they may be. */
  static LeaderAppend check(ByteBuffer batches, LogSettings settings, long nowMs) {
    RecordValidation validation = new RecordValidation(settings, nowMs);
    try {
      for (MutableRecordBatch batch :
          MemoryRecords.readableRecords(batches.duplicate()).batches()) {
        validation.look(batch);
      }
    } catch (KafkaException | IllegalArgumentException unreadable) {
      return LeaderAppend.refused(Errors.forException(unreadable));
    }
    return validation.rejected.isEmpty() ? null : validation.refusal();
  }

  private void look(MutableRecordBatch batch) {
    try (CloseableIterator<Record> records =
        batch.skipKeyValueIterator(BufferSupplier.NO_CACHING)) {
      for (int index = 0; records.hasNext(); index++) {
        look(records.next(), index);
      }
    }
  }

  private void look(Record record, int index) {
    boolean keyless = settings.cleanup().compact() && !record.hasKey();
    if (keyless || outOfBounds(record.timestamp())) {
      rejected.add(new RejectedRecord(index, record.offset(), record.timestamp(), keyless));
    }
  }

  private boolean outOfBounds(long timestamp) {
    return timestamp != NO_TIMESTAMP && settings.timestamps().refuses(timestamp, nowMs);
  }

  private LeaderAppend refusal() {
    boolean times = rejected.stream().anyMatch(record -> !record.keyless());
    return LeaderAppend.refused(times ? Errors.INVALID_TIMESTAMP : Errors.INVALID_RECORD, rejected);
  }
}
