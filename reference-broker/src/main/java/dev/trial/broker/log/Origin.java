package dev.trial.broker.log;

/**
 * Who appends to a leader's log, which decides what is checked.
 *
 * @param client sequence numbers are checked; coordinators have none
 * @param verified transactional records must belong to a transaction that their coordinator knows
 *     of (KIP-890): an ongoing one, or one verified under the guard
 * @param guard from {@link Verification}, 0 for none
 * @param transactionVersion of the protocol that a marker was decided under, −1 for other batches
 */
public record Origin(boolean client, boolean verified, long guard, int transactionVersion) {

  /** A client outside of transactions, or inside one that the log knows already. */
  public static final Origin CLIENT = new Origin(true, true, 0, -1);

  /** A coordinator's own records. */
  public static final Origin COORDINATOR = new Origin(false, true, 0, -1);

  /** A client whose transaction was verified, or need not be. */
  public static Origin client(boolean verified, long guard) {
    return verified && guard == 0 ? CLIENT : new Origin(true, verified, guard, -1);
  }

  /** A coordinator that writes what a client wants within its transaction. */
  public static Origin coordinator(boolean verified, long guard) {
    return verified && guard == 0 ? COORDINATOR : new Origin(false, verified, guard, -1);
  }

  /** A transaction coordinator that ends a transaction. */
  public static Origin marker(int transactionVersion) {
    return new Origin(false, true, 0, transactionVersion);
  }
}
