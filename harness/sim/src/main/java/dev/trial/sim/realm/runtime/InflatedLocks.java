package dev.trial.sim.realm.runtime;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Locks that somebody waits for or in, each with its monitor. They are few - a heartbeat thread of
 * each consumer, seldom more - and asked for at every entry of every lock, so a short list beats a
 * map: that would give each of them an identity hash first.
 */
final class InflatedLocks {
  private Object[] locks = new Object[16];
  private Monitor[] monitors = new Monitor[16];
  private int size;
  private final ArrayDeque<Monitor> free = new ArrayDeque<>();

  /** The lock's monitor; null if it has none. */
  Monitor get(Object lock) {
    for (int i = size - 1; i >= 0; i--) {
      if (locks[i] == lock) {
        return monitors[i];
      }
    }
    return null;
  }

  boolean contains(Object lock) {
    return get(lock) != null;
  }

  /** Gives a lock that has none a monitor. */
  Monitor inflate(Object lock) {
    if (size == locks.length) {
      dropAbandoned();
    }
    if (size == locks.length) {
      locks = Arrays.copyOf(locks, size * 2);
      monitors = Arrays.copyOf(monitors, size * 2);
    }
    Monitor monitor = free.isEmpty() ? new Monitor() : free.pop();
    locks[size] = lock;
    monitors[size++] = monitor;
    return monitor;
  }

  /** Nobody holds the lock or waits for it any more. */
  void deflate(Object lock) {
    for (int i = size - 1; i >= 0; i--) {
      if (locks[i] == lock) {
        free.push(monitors[i]);
        remove(i);
        return;
      }
    }
  }

  /** Killed strands leave what they were in behind. */
  private void dropAbandoned() {
    for (int i = size - 1; i >= 0; i--) {
      if (monitors[i].abandoned()) {
        remove(i);
      }
    }
  }

  private void remove(int at) {
    size--;
    locks[at] = locks[size];
    monitors[at] = monitors[size];
    locks[size] = null;
    monitors[size] = null;
  }

  void clear() {
    Arrays.fill(locks, null);
    Arrays.fill(monitors, null);
    size = 0;
    free.clear();
  }
}
