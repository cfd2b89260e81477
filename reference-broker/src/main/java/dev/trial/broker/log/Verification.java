package dev.trial.broker.log;

import org.apache.kafka.common.protocol.Errors;

/**
 * How the verification of a transaction began (KIP-890).
 *
 * @param error INVALID_PRODUCER_EPOCH behind the epoch that the log knows, else NONE
 * @param guard to be shown at the append once the coordinator has agreed; 0 if the log holds
 *     records of the transaction already, so that nothing need be verified
 */
public record Verification(Errors error, long guard) {

  /** The transaction is ongoing in this log. */
  static final Verification ONGOING = new Verification(Errors.NONE, 0);

  /** Refused. */
  public static Verification refused(Errors error) {
    return new Verification(error, 0);
  }

  /** True if the coordinator has to be asked. */
  public boolean pending() {
    return guard != 0;
  }
}
