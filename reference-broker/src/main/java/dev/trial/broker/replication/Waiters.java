package dev.trial.broker.replication;

import dev.trial.broker.wire.RequestScope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Requests parked on one partition. Those woken may park others or wake again. */
final class Waiters {
  private final RequestScope scope;
  private final List<Parked> parked = new ArrayList<>();
  private boolean waking;
  private boolean again;

  /** One that waits, and its attempts to complete: a fault in one costs that request alone. */
  private record Parked(Waiter waiter, BooleanSupplier attempt) {}

  Waiters(RequestScope scope) {
    this.scope = scope;
  }

  void add(Waiter waiter) {
    parked.add(new Parked(waiter, scope.bound(waiter::tryComplete, true)));
  }

  /** A request that was completed elsewhere is not kept; a sweep that is under way drops it. */
  void remove(Waiter waiter) {
    if (!waking) {
      parked.removeIf(one -> one.waiter == waiter);
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
      Parked one = parked.get(i);
      if (!one.attempt.getAsBoolean()) {
        parked.set(kept++, one);
      }
    }
    if (kept < parked.size()) {
      parked.subList(kept, parked.size()).clear();
    }
  }
}
