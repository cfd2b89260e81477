package dev.trial.broker.replication;

import java.util.ArrayList;
import java.util.List;

/** Requests parked on one partition. Those woken may park others or wake again. */
final class Waiters {
  private final List<Waiter> parked = new ArrayList<>();
  private boolean waking;
  private boolean again;

  void add(Waiter waiter) {
    parked.add(waiter);
  }

  /** A request that was completed elsewhere is not kept; a sweep that is under way drops it. */
  void remove(Waiter waiter) {
    if (!waking) {
      parked.remove(waiter);
    }
  }

  int size() {
    return parked.size();
  }

  /** Asks every parked request whether it can be completed now. */
  void wake() {
    again = true;
    if (waking) {
      return;
    }
    waking = true;
    while (again) {
      again = false;
      sweep();
    }
    waking = false;
  }

  private void sweep() {
    int kept = 0;
    for (int i = 0; i < parked.size(); i++) {
      Waiter waiter = parked.get(i);
      if (!waiter.tryComplete()) {
        parked.set(kept++, waiter);
      }
    }
    if (kept < parked.size()) {
      parked.subList(kept, parked.size()).clear();
    }
  }
}
