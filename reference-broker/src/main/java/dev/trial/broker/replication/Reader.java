package dev.trial.broker.replication;

/** How far into a log a reader may look. */
enum Reader {
  /** Another replica: to the end. */
  REPLICA,
  /** A consumer that reads what is committed by replication: to the high watermark. */
  UNCOMMITTED,
  /** A consumer that reads decided transactions only: to the last stable offset (KIP-98). */
  COMMITTED;

  private static final byte READ_COMMITTED = 1;

  /** Of a request with that replica id, −1 for consumers, and isolation level. */
  static Reader of(int replica, byte isolationLevel) {
    if (replica >= 0) {
      return REPLICA;
    }
    return isolationLevel == READ_COMMITTED ? COMMITTED : UNCOMMITTED;
  }
}
