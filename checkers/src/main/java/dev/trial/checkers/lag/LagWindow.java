package dev.trial.checkers.lag;

import java.util.ArrayList;
import java.util.List;

/**
 * The last commits of a group on one partition, and what they say about it. The rules are Burrow's
 * (its wiki, "Consumer Lag Evaluation Rules", in the order of its evaluator), which judge by the
 * movement of offset and lag over the window rather than by a threshold of the lag:
 *
 * <ol>
 *   <li>a window that is not full yet, or an offset that is at the end of the log: OK;
 *   <li>no commit for longer than the window is long: STOPPED;
 *   <li>no lag anywhere in the window: OK;
 *   <li>the same offset all through it: STALLED;
 *   <li>a lag that never shrinks: WARNING;
 *   <li>else OK.
 * </ol>
 */
public final class LagWindow {

  /** What a lag is where the end of the log is not known. */
  public static final long UNKNOWN = -1;

  private final int size;
  private final List<Commit> commits = new ArrayList<>();

  /**
   * A commit.
   *
   * @param offset the next offset to read
   * @param lagRecords how far the end of the log was ahead of it then; {@link #UNKNOWN}
   */
  public record Commit(long timeMs, long offset, long lagRecords) {}

  /** A window of so many commits; Burrow takes 10. */
  public LagWindow(int size) {
    if (size < 2) {
      throw new IllegalArgumentException("a window holds 2 commits or more, not " + size);
    }
    this.size = size;
  }

  /** Takes the next commit; the oldest leaves a full window. */
  public LagWindow add(Commit commit) {
    if (commits.size() == size) {
      commits.remove(0);
    }
    commits.add(commit);
    return this;
  }

  /**
   * What the window says.
   *
   * @param nowMs the time, in the unit of the commits
   * @param endOffset the end of the log now
   */
  public LagStatus status(long nowMs, long endOffset) {
    if (commits.size() < size || last().offset() >= endOffset) {
      return LagStatus.OK;
    }
    if (nowMs - last().timeMs() > last().timeMs() - first().timeMs()) {
      return LagStatus.STOPPED;
    }
    if (sometimesNone()) {
      return LagStatus.OK;
    }
    if (commits.stream().allMatch(each -> each.offset() == first().offset())) {
      return LagStatus.STALLED;
    }
    return shrinks() ? LagStatus.OK : LagStatus.WARNING;
  }

  private Commit first() {
    return commits.get(0);
  }

  private Commit last() {
    return commits.get(commits.size() - 1);
  }

  /** A lag that is not known is no reason for alarm. */
  private boolean sometimesNone() {
    return commits.stream().anyMatch(each -> each.lagRecords() <= 0);
  }

  private boolean shrinks() {
    for (int i = 1; i < commits.size(); i++) {
      if (commits.get(i).lagRecords() < commits.get(i - 1).lagRecords()) {
        return true;
      }
    }
    return false;
  }
}
