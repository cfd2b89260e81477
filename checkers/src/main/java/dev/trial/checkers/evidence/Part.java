package dev.trial.checkers.evidence;

/** What a whole history holds beside the operations of its clients. */
public enum Part {
  /** Every phase of the run in its order, to the last. */
  RUN,
  /** How each process ended that was started. */
  PROCESS_ENDS,
  /** The read of everything, from the first record to the ends that the reader had been told. */
  FINAL_READ,
  /** The log of each replica of each partition under test. */
  REPLICA_LOGS
}
