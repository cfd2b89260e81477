package dev.trial.broker.log;

import dev.trial.broker.defect.Defect;
import java.nio.ByteBuffer;

/**
 * What {@link Defect#BATCH_OVERTAKEN} does to a log: a batch gets its offsets, behind a gap, and is
 * held in memory; the next batch is stored in the gap, and then the one that is held. A log that is
 * led by another meanwhile never gets it.
 */
final class OvertakenBatch {
  /** More records than there are in a batch. */
  static final int GAP = 1 << 12;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer held;
  private int leaderEpoch;
  private long baseOffset;
  private long endOffset;

  /** True if a batch of this epoch waits for another to overtake it. */
  boolean holds(int epoch) {
    return held != null && leaderEpoch == epoch;
  }

  /** True if what ends at this offset is held. */
  boolean holdsUpTo(long offset) {
    return held != null && endOffset == offset;
  }

  /** Keeps a copy of a batch that has its offsets and epoch already. */
  void hold(ByteBuffer batch, int epoch, long base, long end) {
    held = ByteBuffer.allocate(batch.remaining()).put(batch.duplicate()).flip();
    leaderEpoch = epoch;
    baseOffset = base;
    endOffset = end;
  }

  /** What to store in a log of that epoch and end now; empty if it does not fit there any more. */
  ByteBuffer release(int epoch, long logEnd) {
    boolean fits = holds(epoch) && baseOffset >= logEnd;
    ByteBuffer batch = fits ? held : NOTHING;
    held = null;
    return batch;
  }
}
