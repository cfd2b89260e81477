package dev.trial.broker.log;

import java.nio.ByteBuffer;
import java.util.List;

/** Finds batches in the segments of a log; always looks at the segments as they are now. */
final class SegmentReader {
  private final List<Segment> segments;

  SegmentReader(List<Segment> segments) {
    this.segments = segments;
  }

  /**
   * Whole batches from the one that holds {@code offset}, below {@code limit}, from one segment.
   *
   * @param maxBytes exceeded only by a first batch larger than it, and only if {@code minOneBatch}
   */
  ByteBuffer read(long offset, int maxBytes, long limit, boolean minOneBatch) {
    Segment segment = segmentOf(offset);
    if (segment == null || offset >= limit) {
      return ByteBuffer.allocate(0);
    }
    int first = segment.find(offset);
    long from = segment.position(first);
    int end = limit >= segment.endOffset() ? segment.batches() : segment.find(limit);
    long bytes = segment.position(end) - from;
    if (bytes > maxBytes) {
      bytes = fitting(segment, first, end, maxBytes, minOneBatch);
    }
    return bytes <= 0 ? ByteBuffer.allocate(0) : segment.read(from, (int) bytes);
  }

  /** Bytes between the offset and the limit, without reading. */
  long bytesBetween(long offset, long limit) {
    if (offset >= limit) {
      return 0;
    }
    long bytes = 0;
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      int end = limit >= segment.endOffset() ? segment.batches() : segment.find(limit);
      bytes += segment.position(end) - segment.position(Math.min(segment.find(offset), end));
      if (segment.baseOffset <= offset) {
        break;
      }
    }
    return bytes;
  }

  /**
   * The first batch from the offset on whose largest timestamp is not below the asked one, as
   * bytes. Only the first segment that has such a timestamp anywhere is looked at, as Kafka does
   * (UnifiedLog.searchOffsetInLocalLog): after records were deleted it may hold none of them.
   *
   * @param skipped so many segments are passed over
   */
  ByteBuffer batchAtTimestamp(long timestamp, long fromOffset, int skipped) {
    for (int i = Math.min(skipped, segments.size() - 1); i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (segment.largestTimestamp() >= timestamp) {
        return batchAtTimestamp(segment, timestamp, fromOffset);
      }
    }
    return ByteBuffer.allocate(0);
  }

  private static ByteBuffer batchAtTimestamp(Segment segment, long timestamp, long fromOffset) {
    for (int batch = segment.find(fromOffset); batch < segment.batches(); batch++) {
      if (segment.maxTimestamp(batch) >= timestamp) {
        return readBatch(segment, batch);
      }
    }
    return ByteBuffer.allocate(0);
  }

  /**
   * The batch that has the largest timestamp of all first (KIP-734), where the log begins not
   * counted, as in Kafka.
   */
  ByteBuffer batchOfMaxTimestamp() {
    Segment best = segments.get(0);
    for (Segment segment : segments) {
      best = segment.largestTimestamp() > best.largestTimestamp() ? segment : best;
    }
    return batchAtTimestamp(best, best.largestTimestamp(), best.baseOffset);
  }

  /** Index of the segment that an offset belongs to, −1 if it is below all. */
  static int floor(List<Segment> segments, long offset) {
    int found = segments.size() - 1;
    while (found >= 0 && segments.get(found).baseOffset > offset) {
      found--;
    }
    return found;
  }

  private static ByteBuffer readBatch(Segment segment, int batch) {
    long from = segment.position(batch);
    return segment.read(from, (int) (segment.position(batch + 1) - from));
  }

  private static long fitting(Segment segment, int first, int end, int maxBytes, boolean minOne) {
    long from = segment.position(first);
    int last = first;
    while (last < end && segment.position(last + 1) - from <= maxBytes) {
      last++;
    }
    if (last == first && minOne) {
      last++;
    }
    return segment.position(last) - from;
  }

  /** The first segment with anything at the offset or later: cleaning may leave empty ones. */
  private Segment segmentOf(long offset) {
    for (int i = Math.max(0, floor(segments, offset)); i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (segment.batches() > 0 && offset < segment.endOffset()) {
        return segment;
      }
    }
    return null;
  }
}
