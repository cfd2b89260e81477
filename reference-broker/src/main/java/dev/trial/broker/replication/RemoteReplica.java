package dev.trial.broker.replication;

/** What a leader knows of one follower, from its fetches. Times are the leader's wall clock. */
final class RemoteReplica {
  static final long UNKNOWN = -1;

  final int broker;
  private long logEnd = UNKNOWN;
  private long logStart = UNKNOWN;
  private long lastFetchLeaderEnd;
  private long lastFetchMs;
  private long lastCaughtUpMs;
  private long brokerEpoch = UNKNOWN;

  RemoteReplica(int broker) {
    this.broker = broker;
  }

  long logEnd() {
    return logEnd;
  }

  /** Where its log begins, as its latest fetch told (KIP-107). */
  long logStart() {
    return logStart;
  }

  /** Notes where its log begins; true if that is news. */
  boolean startsAt(long offset) {
    boolean moved = offset != logStart;
    logStart = offset;
    return moved;
  }

  /** Broker epoch of the latest fetch, −1 if there was none since leadership began (KIP-903). */
  long brokerEpoch() {
    return brokerEpoch;
  }

  /**
   * Starts over with a new leader epoch. A follower in the ISR counts as caught up now; another one
   * never does, so that it does not hold the high watermark back.
   */
  void reset(long nowMs, long leaderEnd, boolean newLeader, boolean inSync) {
    lastCaughtUpMs = inSync ? nowMs : 0;
    lastFetchLeaderEnd = newLeader ? UNKNOWN : leaderEnd;
    lastFetchMs = !newLeader && inSync ? nowMs : 0;
    if (newLeader) {
      logEnd = UNKNOWN;
      logStart = UNKNOWN;
      brokerEpoch = UNKNOWN;
    }
  }

  /**
   * Notes a fetch. Caught up is who reads at the leader's end, or at where that end was at the
   * previous fetch: then it was caught up at that time.
   */
  void fetched(long fetchOffset, long nowMs, long leaderEnd, long epoch) {
    if (fetchOffset >= leaderEnd) {
      lastCaughtUpMs = Math.max(lastCaughtUpMs, nowMs);
    } else if (fetchOffset >= lastFetchLeaderEnd) {
      lastCaughtUpMs = Math.max(lastCaughtUpMs, lastFetchMs);
    }
    logEnd = fetchOffset;
    lastFetchLeaderEnd = Math.max(leaderEnd, lastFetchLeaderEnd);
    lastFetchMs = nowMs;
    brokerEpoch = epoch;
  }

  /** When it last had all that the leader had. */
  long lastCaughtUpMs() {
    return lastCaughtUpMs;
  }

  boolean caughtUp(long leaderEnd, long nowMs, long maxLagMs) {
    return leaderEnd == logEnd || nowMs - lastCaughtUpMs <= maxLagMs;
  }
}
