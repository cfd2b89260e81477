package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Strand;
import java.util.Arrays;

/**
 * Locks that are held and that nobody else wants: nearly all, nearly always. They are few at a time
 * and nested, so a short list searched from its end beats a map.
 */
final class LoneLocks {
  private static final int CAPACITY = 16;

  private final Object[] locks = new Object[CAPACITY];
  private final Strand[] owners = new Strand[CAPACITY];
  private final int[] holds = new int[CAPACITY];
  private int size;

  /** Takes the lock for the strand; false if that is not for this list to say. */
  boolean enter(Object lock, Strand strand, InflatedLocks inflated) {
    for (int i = size - 1; i >= 0; i--) {
      if (locks[i] == lock) {
        return again(i, strand);
      }
    }
    if (lock == null || size == CAPACITY && !roomForOne() || inflated.contains(lock)) {
      return false;
    }
    int last = size;
    locks[last] = lock;
    owners[last] = strand;
    holds[last] = 1;
    size = last + 1;
    return true;
  }

  private boolean again(int held, Strand strand) {
    if (owners[held] != strand) {
      return false;
    }
    holds[held]++;
    return true;
  }

  /** Gives the lock up once; false if the strand does not hold it here. */
  boolean exit(Object lock, Strand strand) {
    int held = find(lock);
    if (held < 0 || owners[held] != strand) {
      return false;
    }
    if (--holds[held] == 0) {
      if (held == size - 1) {
        size = held; // what is behind the end is written over before it is read
      } else {
        remove(held);
      }
    }
    return true;
  }

  boolean by(Object lock, Strand strand) {
    int held = find(lock);
    return held >= 0 && owners[held] == strand;
  }

  int find(Object lock) {
    for (int i = size - 1; i >= 0; i--) {
      if (locks[i] == lock) {
        return i;
      }
    }
    return -1;
  }

  Strand owner(int held) {
    return owners[held];
  }

  int holds(int held) {
    return holds[held];
  }

  void remove(int held) {
    size--;
    locks[held] = locks[size];
    owners[held] = owners[size];
    holds[held] = holds[size];
    locks[size] = null;
    owners[size] = null;
  }

  void clear() {
    size = 0;
    Arrays.fill(locks, null);
    Arrays.fill(owners, null);
  }

  /** Killed strands leave what they held behind. */
  private boolean roomForOne() {
    for (int i = size - 1; i >= 0; i--) {
      if (owners[i].done()) {
        remove(i);
      }
    }
    return size < CAPACITY;
  }
}
