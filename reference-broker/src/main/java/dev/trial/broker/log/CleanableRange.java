package dev.trial.broker.log;

import java.util.List;

/** Finds what may be cleaned (Kafka's LogCleanerManager.cleanableOffsets). */
final class CleanableRange {
  private final List<Segment> segments;
  private final CleanupSettings settings;
  private final long firstDirty;
  private final long lastStable;

  CleanableRange(
      List<Segment> segments, CleanupSettings settings, long firstDirty, long lastStable) {
    this.segments = segments;
    this.settings = settings;
    this.firstDirty = firstDirty;
    this.lastStable = lastStable;
  }

  Cleanable at(long nowMs) {
    int first = Math.max(0, SegmentReader.floor(segments, firstDirty));
    int limit = Math.max(first, uncleanable(first, nowMs));
    long clean = 0;
    for (int i = 0; i <= first && segments.get(i).baseOffset < firstDirty; i++) {
      clean += segments.get(i).sizeBytes();
    }
    long dirty = 0;
    long oldest = Long.MAX_VALUE;
    for (int i = first; i < limit; i++) {
      dirty += segments.get(i).sizeBytes();
      long timestamp = segments.get(i).firstTimestamp();
      oldest = timestamp > 0 ? Math.min(oldest, timestamp) : oldest;
    }
    boolean overdue = oldest < nowMs - Math.max(settings.maxCompactionLagMs(), 0);
    long upTo = Math.max(firstDirty, segments.get(limit).baseOffset);
    return new Cleanable(firstDirty, upTo, clean, dirty, overdue);
  }

  /** Index of the first segment that may not be cleaned: the active one at the latest. */
  private int uncleanable(int first, long nowMs) {
    int active = segments.size() - 1;
    for (int i = first; i < active; i++) {
      boolean undecided = segments.get(i + 1).baseOffset > lastStable;
      long youngest = segments.get(i).largestTimestamp();
      long lagMs = settings.minCompactionLagMs();
      if (undecided || lagMs > 0 && youngest > nowMs - lagMs) {
        return i;
      }
    }
    return active;
  }
}
