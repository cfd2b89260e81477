package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Strand;

/** A strand that waits on a condition. */
final class Waiter {
  final Strand strand;
  boolean notified;

  Waiter(Strand strand) {
    this.strand = strand;
  }

  void wake() {
    notified = true;
    Rt.kernel().unpark(strand);
  }
}
