package dev.trial.broker.transaction;

import org.apache.kafka.common.protocol.Errors;

/**
 * What is to be done about the end of a transaction.
 *
 * @param error NONE with no value: it has ended already, as asked
 * @param value the decision to be written; null if there is nothing to write
 * @param fence the decision takes an epoch from the producer
 */
record EndDecision(Errors error, TransactionValue value, boolean fence) {

  static EndDecision answer(Errors error) {
    return new EndDecision(error, null, false);
  }

  static EndDecision write(TransactionValue value, boolean fence) {
    return new EndDecision(Errors.NONE, value, fence);
  }

  /** What both protocols say to an end while one is being written. */
  static EndDecision whilePreparing(Transaction transaction, boolean commit) {
    boolean same = (transaction.state() == TransactionState.PREPARE_COMMIT) == commit;
    return answer(same ? Errors.CONCURRENT_TRANSACTIONS : Errors.INVALID_TXN_STATE);
  }

  static IllegalStateException impossible(Transaction transaction) {
    return new IllegalStateException(transaction.id() + " is " + transaction.state());
  }
}
