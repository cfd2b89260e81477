package dev.trial.checkers.jepsen;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Jepsen's processes for a client that does several things at once. A process of Jepsen does one
 * thing at a time, and is never used again once it does not know how something ended; a producer
 * has many sends under way. So each client has as many processes as it needs, the free ones reused.
 */
final class Lanes {
  private final Map<Integer, Deque<Integer>> free = new TreeMap<>();
  private int next;

  /** A process for a client's next operation. */
  int take(int client) {
    Integer lane = free.computeIfAbsent(client, id -> new ArrayDeque<>()).pollFirst();
    return lane == null ? next++ : lane;
  }

  /** The operation ended, and it is known how. */
  void release(int client, int lane) {
    free.get(client).addFirst(lane);
  }

  /** A process that nobody else gets. */
  int own() {
    return next++;
  }
}
