package dev.trial.checkers.lag;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.List;

/** How far a log is known to have reached, and when. */
public final class LogEnds {
  private final LongArrayList times = new LongArrayList();
  private final LongArrayList ends = new LongArrayList();

  /** The log reached an end, at a time not before that of the last call. */
  public void reached(long timeMs, long end) {
    long highest = ends.isEmpty() ? 0 : ends.getLong(ends.size() - 1);
    if (end > highest) {
      times.add(timeMs);
      ends.add(end);
    }
  }

  /** The end at a time; 0 before anything was known. */
  public long at(long timeMs) {
    int low = 0;
    int high = times.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times.getLong(middle) <= timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : ends.getLong(low - 1);
  }

  /** The ends one would have been told by asking at the usual times until now, oldest first. */
  public List<Long> lately(long nowMs, LagRules rules) {
    List<Long> told = new ArrayList<>();
    for (int back = rules.commits() - 1; back >= 0; back--) {
      long timeMs = nowMs - back * rules.endRefreshMs();
      if (timeMs >= 0) {
        told.add(at(timeMs));
      }
    }
    return told;
  }
}
