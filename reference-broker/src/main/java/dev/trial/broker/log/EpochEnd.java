package dev.trial.broker.log;

/**
 * Where a leader epoch ends in a log (KIP-101).
 *
 * @param leaderEpoch the epoch found, −1 if nothing is known
 * @param endOffset the offset after its last record, −1 if nothing is known
 */
public record EpochEnd(int leaderEpoch, long endOffset) {

  /** Nothing is known. */
  public static final EpochEnd UNDEFINED = new EpochEnd(-1, -1);

  public boolean undefined() {
    return leaderEpoch < 0 || endOffset < 0;
  }
}
