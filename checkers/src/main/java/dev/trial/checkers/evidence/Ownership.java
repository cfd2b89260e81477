package dev.trial.checkers.evidence;

/** A process's hold on a partition: from its assignment to its revocation. */
public final class Ownership {

  final int process;
  final int generation;
  final long assigned;
  final boolean manual;
  long released = Long.MAX_VALUE;
  long letGo = Long.MAX_VALUE;

  Ownership(int process, int generation, long assigned, boolean manual) {
    this.process = process;
    this.generation = generation;
    this.assigned = assigned;
    this.manual = manual;
  }

  public int process() {
    return process;
  }

  /** The group's generation or the member's epoch, −1 if unknown. */
  public int generation() {
    return generation;
  }

  /** Index of the assignment. */
  public long assigned() {
    return assigned;
  }

  /** Index of the revocation, loss or end; {@link Long#MAX_VALUE} if there was none. */
  public long released() {
    return released;
  }

  /**
   * Index until which it may not have told the coordinator that it gave the partition up: the end
   * of the call in which it was asked to; otherwise as {@link #released}.
   */
  public long letGo() {
    return letGo;
  }

  /** True for {@code assign()}, which takes no part in rebalancing. */
  public boolean manual() {
    return manual;
  }
}
