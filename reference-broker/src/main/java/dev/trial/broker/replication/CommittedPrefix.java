package dev.trial.broker.replication;

import dev.trial.broker.log.PartitionLog;
import dev.trial.broker.log.RecordBatchView;
import java.nio.ByteBuffer;

/**
 * Compares two replicas below the smaller of their high watermarks. Remembers how far they were
 * found equal, so that looking after every event costs only what is new.
 */
public final class CommittedPrefix {
  private static final int CHUNK_BYTES = 1 << 16;

  private long equalBelow;

  /** The first offset at which the two logs differ, −1 if they agree on all that is committed. */
  public long firstDifference(PartitionLog one, PartitionLog other) {
    long from = Math.max(equalBelow, Math.max(one.startOffset(), other.startOffset()));
    long limit = Math.min(one.highWatermark(), other.highWatermark());
    while (from < limit) {
      RecordBatchView left = new RecordBatchView(one.read(from, CHUNK_BYTES, limit, true));
      RecordBatchView right = new RecordBatchView(other.read(from, CHUNK_BYTES, limit, true));
      long agreed = compare(left, right, from);
      if (agreed == from) {
        return from;
      }
      from = agreed;
    }
    equalBelow = Math.max(equalBelow, Math.min(from, limit));
    return -1;
  }

  /** Starts again from the beginning (after a restart with another disk). */
  public void reset() {
    equalBelow = 0;
  }

  private static long compare(RecordBatchView left, RecordBatchView right, long from) {
    long agreed = from;
    while (left.complete() && right.complete() && equal(left.slice(), right.slice())) {
      agreed = left.lastOffset() + 1;
      left.advance();
      right.advance();
    }
    return agreed;
  }

  private static boolean equal(ByteBuffer left, ByteBuffer right) {
    return left.mismatch(right) < 0;
  }
}
