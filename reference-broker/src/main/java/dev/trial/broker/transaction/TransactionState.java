package dev.trial.broker.transaction;

/** States of a transactional id, with the numbers and names of Kafka's log and APIs. */
enum TransactionState {
  EMPTY(0, "Empty"),
  ONGOING(1, "Ongoing"),
  PREPARE_COMMIT(2, "PrepareCommit"),
  PREPARE_ABORT(3, "PrepareAbort"),
  COMPLETE_COMMIT(4, "CompleteCommit"),
  COMPLETE_ABORT(5, "CompleteAbort"),
  /** On its way out of the coordinator's memory after a long time unused. */
  DEAD(6, "Dead"),
  /** An abort is about to be written under an epoch that no client has. Only ever pending. */
  PREPARE_EPOCH_FENCE(7, "PrepareEpochFence");

  private final int number;
  private final String title;

  TransactionState(int number, String title) {
    this.number = number;
    this.title = title;
  }

  int number() {
    return number;
  }

  String title() {
    return title;
  }

  boolean preparing() {
    return this == PREPARE_COMMIT || this == PREPARE_ABORT;
  }

  /** No transaction is open or being ended. */
  boolean idle() {
    return this == EMPTY || this == COMPLETE_COMMIT || this == COMPLETE_ABORT;
  }

  static TransactionState of(int number) {
    for (TransactionState state : values()) {
      if (state.number == number) {
        return state;
      }
    }
    throw new IllegalArgumentException("transaction state " + number + " is unknown");
  }

  /** Null if no state has that name. */
  static TransactionState titled(String title) {
    for (TransactionState state : values()) {
      if (state.title.equals(title)) {
        return state;
      }
    }
    return null;
  }
}
