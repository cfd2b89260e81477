package dev.trial.broker.log;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Transactions as a cleaning passes them, batch by batch in the order of the log: data of aborted
 * ones may go at once, a marker only after all data of its transaction (Kafka's
 * CleanedTransactionMetadata, KIP-98).
 */
final class CleanedTransactions {
  private final Deque<AbortedTransaction> ahead = new ArrayDeque<>();
  private final Set<Long> committedWithData = new TreeSet<>();

  /** Aborted transactions under way by producer: whether a batch of them was passed. */
  private final Map<Long, Boolean> aborted = new TreeMap<>();

  CleanedTransactions(List<AbortedTransaction> all) {
    all.stream()
        .sorted(Comparator.comparingLong(AbortedTransaction::firstOffset))
        .forEach(ahead::add);
  }

  /** True if the batch may be discarded as far as transactions are concerned. */
  boolean discardable(RecordBatch batch) {
    while (!ahead.isEmpty() && ahead.peek().firstOffset() <= batch.lastOffset()) {
      aborted.putIfAbsent(ahead.poll().producerId(), false);
    }
    if (batch.isControlBatch()) {
      return markerDiscardable(batch);
    }
    if (!batch.isTransactional()) {
      return false;
    }
    if (aborted.containsKey(batch.producerId())) {
      aborted.put(batch.producerId(), true);
      return true;
    }
    committedWithData.add(batch.producerId());
    return false;
  }

  private boolean markerDiscardable(RecordBatch batch) {
    for (Record marker : batch) {
      return switch (ControlRecordType.parse(marker.key())) {
        case ABORT -> !Boolean.TRUE.equals(aborted.remove(batch.producerId()));
        case COMMIT -> !committedWithData.remove(batch.producerId());
        default -> false;
      };
    }
    return true; // only its place is left of it
  }
}
