package dev.trial.broker.log;

/**
 * The part of a compacted log that a cleaning would look at (Kafka's LogToClean).
 *
 * @param firstDirty offset from which nothing was cleaned yet
 * @param upTo offset before which may be cleaned: the active segment, undecided transactions and
 *     what is younger than min.compaction.lag.ms lie above
 * @param cleanBytes size of the segments below {@code firstDirty}
 * @param dirtyBytes size of those between
 * @param overdue something dirty is older than max.compaction.lag.ms
 */
public record Cleanable(
    long firstDirty, long upTo, long cleanBytes, long dirtyBytes, boolean overdue) {

  /** Share of the dirty bytes, 0 to 1. */
  public double ratio() {
    long all = cleanBytes + dirtyBytes;
    return all == 0 ? 0 : (double) dirtyBytes / all;
  }

  /** True if it is time to clean. */
  public boolean due(CleanupSettings settings) {
    return dirtyBytes > 0 && (overdue || ratio() > settings.minCleanableRatio());
  }
}
