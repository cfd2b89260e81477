package dev.trial.broker.log;

import java.nio.ByteBuffer;
import java.util.Iterator;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;

/**
 * The control record that ends a transaction in a partition (KIP-98).
 *
 * @param coordinatorEpoch leader epoch under which the transaction's coordinator wrote it
 */
public record EndMarker(boolean committed, int coordinatorEpoch) {

  /** A batch with this marker; the log assigns its offset. */
  public ByteBuffer batch(long producerId, short producerEpoch, long epochMs) {
    ControlRecordType type = committed ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
    return MemoryRecords.withEndTransactionMarker(
            epochMs, producerId, producerEpoch, new EndTransactionMarker(type, coordinatorEpoch))
        .buffer();
  }

  /** The marker in a control batch of a producer; null if the batch is empty. */
  public static EndMarker read(RecordBatchView batch) {
    Iterator<Record> records = MemoryRecords.readableRecords(batch.slice()).records().iterator();
    if (!records.hasNext()) {
      return null;
    }
    EndTransactionMarker marker = EndTransactionMarker.deserialize(records.next());
    return new EndMarker(
        marker.controlType() == ControlRecordType.COMMIT, marker.coordinatorEpoch());
  }
}
