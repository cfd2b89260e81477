package dev.trial.checkers.lag;

/**
 * Burrow's settings of an evaluation.
 *
 * @param commits how many commits a window holds, and how many ends of the log are remembered
 *     ({@code intervals} of its storage)
 * @param minimumComplete which part of the window must be filled before it says anything ({@code
 *     minimum-complete} of its evaluator)
 * @param allowedLagRecords a lag up to this is none ({@code allowed-lag} of its evaluator)
 * @param endRefreshMs how often the end of the log is asked for ({@code offset-refresh} of its
 *     cluster)
 */
public record LagRules(
    int commits, double minimumComplete, long allowedLagRecords, long endRefreshMs) {

  /** What Burrow takes where nothing is configured. */
  public static final LagRules DEFAULT = new LagRules(10, 0, 0, 10_000);

  public LagRules {
    if (commits < 1) {
      throw new IllegalArgumentException("a window holds 1 commit or more, not " + commits);
    }
  }
}
