package dev.trial.broker.log;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which segments are too old, or too many: always a prefix of the log, of whole segments, all of
 * them replicated (Kafka's UnifiedLog.deletableSegments).
 */
final class Retention {
  private final List<Segment> segments;
  private final CleanupSettings settings;
  private final long highWatermark;
  private final Defects defects;

  Retention(List<Segment> segments, CleanupSettings settings, long highWatermark, Defects defects) {
    this.segments = segments;
    this.settings = settings;
    this.highWatermark = highWatermark;
    this.defects = defects;
  }

  /** How many of the first segments may go; all of them means that the last must be closed. */
  int deletable(long nowMs) {
    if (!settings.delete()) {
      return 0;
    }
    int deletable = Math.max(beyondSize(), beyondAge(nowMs));
    boolean everything = deletable > 0 && defects.has(Defect.RETENTION_REMOVES_ACTIVE);
    return everything ? segments.size() : deletable;
  }

  private int beyondAge(long nowMs) {
    long limitMs = settings.retentionMs();
    if (limitMs < 0) {
      return 0;
    }
    // A segment without any timestamp is as young as its file, which nobody ever ages here.
    return prefix(
        segment -> segment.largestTimestamp() >= 0 && nowMs - segment.largestTimestamp() > limitMs);
  }

  private int beyondSize() {
    long bytes = segments.stream().mapToLong(Segment::sizeBytes).sum();
    if (settings.retentionBytes() < 0 || bytes < settings.retentionBytes()) {
      return 0;
    }
    long[] excess = {bytes - settings.retentionBytes()};
    return prefix(
        segment -> {
          boolean goes = excess[0] - segment.sizeBytes() >= 0;
          excess[0] -= goes ? segment.sizeBytes() : 0;
          return goes;
        });
  }

  private int prefix(Predicate<Segment> breached) {
    int count = 0;
    while (count < segments.size() && replicated(count) && breached.test(segments.get(count))) {
      count++;
    }
    return count;
  }

  /** An empty active segment is no candidate either. */
  private boolean replicated(int index) {
    boolean last = index + 1 == segments.size();
    Segment segment = segments.get(index);
    long ends = last ? segment.endOffset() : segments.get(index + 1).baseOffset;
    return highWatermark >= ends && !(last && segment.batches() == 0);
  }
}
