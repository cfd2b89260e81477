package dev.trial.broker.log;

import dev.trial.core.world.DiskFile;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One file of batches with an index of them in memory: offset to position, by binary search. */
final class Segment {
  /** The largest timestamp of a segment without records. */
  static final long NO_TIMESTAMP = -1;

  private static final int SCAN_BYTES = 1 << 20;

  final String name;
  final long baseOffset;
  private final DiskFile file;
  private long[] lastOffsets = new long[16];
  private long[] positions = new long[16];
  private long[] maxTimestamps = new long[16];
  private int count;
  private long sizeBytes;
  private long largestTimestamp = NO_TIMESTAMP;

  Segment(String name, long baseOffset, DiskFile file) {
    this.name = name;
    this.baseOffset = baseOffset;
    this.file = file;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  int batches() {
    return count;
  }

  /** Offset after the last record. */
  long endOffset() {
    return count == 0 ? baseOffset : lastOffsets[count - 1] + 1;
  }

  long lastOffset(int batch) {
    return lastOffsets[batch];
  }

  long maxTimestamp(int batch) {
    return maxTimestamps[batch];
  }

  /** The largest timestamp of all, {@link #NO_TIMESTAMP} if there is none. */
  long largestTimestamp() {
    return largestTimestamp;
  }

  /** The first batch's timestamp, by which segment.ms counts; {@link #NO_TIMESTAMP} if empty. */
  long firstTimestamp() {
    return count == 0 ? NO_TIMESTAMP : maxTimestamps[0];
  }

  /** The whole content. */
  ByteBuffer readAll() {
    return file.read(0, (int) sizeBytes);
  }

  /** First batch that holds the offset or a later one; {@link #batches} if there is none. */
  int find(long offset) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lastOffsets[middle] < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  long position(int batch) {
    return batch == count ? sizeBytes : positions[batch];
  }

  void append(ByteBuffer bytes) {
    file.append(bytes);
  }

  /** Notes a batch whose bytes were appended at the end. */
  void indexed(RecordBatchView batch) {
    if (count == positions.length) {
      grow();
    }
    positions[count] = sizeBytes;
    lastOffsets[count] = batch.lastOffset();
    maxTimestamps[count] = batch.maxTimestamp();
    largestTimestamp = Math.max(largestTimestamp, batch.maxTimestamp());
    count++;
    sizeBytes += batch.sizeBytes();
  }

  ByteBuffer read(long position, int length) {
    return file.read(position, length);
  }

  /** Keeps the batches before {@code batch}. */
  void truncateToBatch(int batch) {
    sizeBytes = position(batch);
    count = batch;
    largestTimestamp = NO_TIMESTAMP;
    for (int i = 0; i < batch; i++) {
      largestTimestamp = Math.max(largestTimestamp, maxTimestamps[i]);
    }
    file.truncate(sizeBytes);
  }

  void flush() {
    file.flush();
  }

  /**
   * Rebuilds the index from the file; whatever does not check out, and all after it, is cut off.
   *
   * @param checked checksums count, as they should
   * @return false if something was cut
   */
  boolean recover(long expectedOffset, boolean checked) {
    long length = file.size();
    RecordBatchView view = new RecordBatchView(ByteBuffer.allocate(0));
    long expected = Math.max(expectedOffset, baseOffset);
    while (sizeBytes < length) {
      int indexedBefore = count;
      expected = scan(view, readBatches(length), expected, checked);
      if (count == indexedBefore) {
        file.truncate(sizeBytes);
        return false;
      }
    }
    return true;
  }

  private ByteBuffer readBatches(long length) {
    ByteBuffer bytes = file.read(sizeBytes, (int) Math.min(SCAN_BYTES, length - sizeBytes));
    RecordBatchView first = new RecordBatchView(bytes);
    boolean cutShort = bytes.remaining() == SCAN_BYTES && !first.complete();
    return cutShort
        ? file.read(sizeBytes, (int) Math.min(Integer.MAX_VALUE, length - sizeBytes))
        : bytes;
  }

  private long scan(RecordBatchView view, ByteBuffer bytes, long from, boolean checked) {
    long expected = from;
    view.reset(bytes);
    while (view.complete() && acceptable(view, expected, checked)) {
      indexed(view);
      expected = view.lastOffset() + 1;
      view.advance();
    }
    return expected;
  }

  private static boolean acceptable(RecordBatchView view, long expected, boolean checked) {
    return view.magic() == 2
        && view.baseOffset() >= expected
        && view.lastOffsetDelta() >= 0
        && (!checked || view.checksumMatches());
  }

  private void grow() {
    positions = Arrays.copyOf(positions, count * 2);
    lastOffsets = Arrays.copyOf(lastOffsets, count * 2);
    maxTimestamps = Arrays.copyOf(maxTimestamps, count * 2);
  }
}
