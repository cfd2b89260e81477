package dev.trial.broker.quorum;

/** How far a replica of the metadata log is, as its fetches tell the leader (LeaderState). */
final class FetchProgress {
  private static final int NEVER = -1;

  private long endOffset = NEVER;
  private long fetchMs = NEVER;
  private long caughtUpMs = NEVER;
  private long leaderEndAtFetch = NEVER;

  /** A fetch from that offset, while the leader's log ended at {@code leaderEnd}. */
  void fetched(long offset, long leaderEnd, long nowMs) {
    if (offset >= leaderEnd) {
      caughtUpMs = Math.max(caughtUpMs, nowMs);
    } else if (leaderEndAtFetch > 0 && offset >= leaderEndAtFetch) {
      // It has all that there was at its last fetch: it had caught up with that time.
      caughtUpMs = Math.max(caughtUpMs, fetchMs);
    }
    leaderEndAtFetch = leaderEnd;
    fetchMs = Math.max(fetchMs, nowMs);
    endOffset = offset;
  }

  /** Where the replica's log ends; −1 before its first fetch. */
  long endOffset() {
    return endOffset;
  }

  /** When it fetched last; −1 for never. */
  long fetchMs() {
    return fetchMs;
  }

  /** When it last had all of the leader's log; −1 for never. */
  long caughtUpMs() {
    return caughtUpMs;
  }
}
