package dev.trial.broker.replication;

/** A request that waits for something to happen to a partition. */
interface Waiter {

  /** Completes if it can (or was completed before); true means that it need not be asked again. */
  boolean tryComplete();
}
