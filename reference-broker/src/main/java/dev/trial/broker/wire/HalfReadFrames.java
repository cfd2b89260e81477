package dev.trial.broker.wire;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the requests of a node hold that have arrived in part. Beyond so many bytes together the
 * connection that holds the most is closed, so that who sends little is not harmed by who sends
 * much. Kafka's bound (queued.max.request.bytes) is off unless set: each of its brokers has a heap
 * of its own.
 */
final class HalfReadFrames {
  private final long maxBytes;
  private final Map<Long, Share> shares = new TreeMap<>();
  private long bytes;

  /** What one connection holds, and how it is closed. */
  private record Share(int bytes, Runnable evict) {}

  HalfReadFrames(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * A connection holds so many bytes now.
   *
   * @param evict closes it
   */
  void holds(long connection, int now, Runnable evict) {
    forget(connection);
    if (now > 0) {
      shares.put(connection, new Share(now, evict));
      bytes += now;
    }
    while (bytes > maxBytes) {
      evictLargest();
    }
  }

  /** The connection is gone. */
  void forget(long connection) {
    Share gone = shares.remove(connection);
    if (gone != null) {
      bytes -= gone.bytes;
    }
  }

  long bytes() {
    return bytes;
  }

  private void evictLargest() {
    long largest = -1;
    int most = -1;
    for (Map.Entry<Long, Share> each : shares.entrySet()) {
      if (each.getValue().bytes > most) {
        largest = each.getKey();
        most = each.getValue().bytes;
      }
    }
    Runnable evict = shares.get(largest).evict;
    forget(largest);
    evict.run();
  }
}
