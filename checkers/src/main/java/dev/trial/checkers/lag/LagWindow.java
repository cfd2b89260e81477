package dev.trial.checkers.lag;

import java.util.ArrayList;
import java.util.List;

/**
 * The last commits of a group on one partition, and what they say about it. The rules are Burrow's,
 * which judge by the movement of offset and lag over the window rather than by a threshold of the
 * lag. They are those of {@code calculatePartitionStatus} in its source
 * (core/internal/evaluator/caching.go), in the order in which it asks:
 *
 * <ol>
 *   <li>no commit yet, a window not filled as far as asked for, or no lag now: OK;
 *   <li>no commit for longer than from the first to the last of the window, and the last one is not
 *       at any end the log had lately: STOPPED;
 *   <li>a commit smaller than the one before it, and none since has come up to that: REWOUND;
 *   <li>no lag at any commit of the window: OK;
 *   <li>the same offset all through it: STALLED;
 *   <li>a lag that never shrinks from one commit to the next: WARNING;
 *   <li>else OK.
 * </ol>
 *
 * <p>A commit whose lag is not known takes no part in the rules about lag.
 */
public final class LagWindow {

  /** What a lag is where the end of the log is not known. */
  public static final long UNKNOWN = -1;

  private final LagRules rules;
  private final List<Commit> commits = new ArrayList<>();

  /**
   * A commit.
   *
   * @param offset the next offset to read
   * @param lagRecords how far the end of the log was ahead of it then; {@link #UNKNOWN}
   */
  public record Commit(long timeMs, long offset, long lagRecords) {}

  public LagWindow(LagRules rules) {
    this.rules = rules;
  }

  /** Takes the next commit; the oldest leaves a full window. */
  public LagWindow add(Commit commit) {
    if (commits.size() == rules.commits()) {
      commits.remove(0);
    }
    commits.add(commit);
    return this;
  }

  /**
   * What the window says.
   *
   * @param nowMs the time, in the unit of the commits
   * @param ends the ends of the log as they were asked for lately, the oldest first, the last of
   *     them now; none while nobody knows it, and then no lag can be told
   */
  public LagStatus status(long nowMs, List<Long> ends) {
    boolean filled = commits.size() >= rules.minimumComplete() * rules.commits();
    boolean told = !commits.isEmpty() && !ends.isEmpty();
    if (!told || !filled || lagNow(ends) <= rules.allowedLagRecords()) {
      return LagStatus.OK;
    }
    if (silent(nowMs) && ends.stream().noneMatch(end -> end <= last().offset())) {
      return LagStatus.STOPPED;
    }
    if (rewound()) {
      return LagStatus.REWOUND;
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

  private long lagNow(List<Long> ends) {
    return Math.max(0, ends.get(ends.size() - 1) - last().offset());
  }

  private boolean silent(long nowMs) {
    return nowMs - last().timeMs() > last().timeMs() - first().timeMs();
  }

  /** By the first step back in the window, whatever came later. */
  private boolean rewound() {
    for (int i = 1; i < commits.size(); i++) {
      long before = commits.get(i - 1).offset();
      if (commits.get(i).offset() < before) {
        return commits.subList(i, commits.size()).stream()
            .noneMatch(each -> each.offset() >= before);
      }
    }
    return false;
  }

  private boolean sometimesNone() {
    return commits.stream()
        .anyMatch(each -> known(each) && each.lagRecords() <= rules.allowedLagRecords());
  }

  private boolean shrinks() {
    long before = UNKNOWN;
    for (Commit each : commits) {
      if (known(each)) {
        if (each.lagRecords() < before) {
          return true;
        }
        before = each.lagRecords();
      }
    }
    return false;
  }

  private static boolean known(Commit commit) {
    return commit.lagRecords() != UNKNOWN;
  }
}
