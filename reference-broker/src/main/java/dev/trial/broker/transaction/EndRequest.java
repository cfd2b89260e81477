package dev.trial.broker.transaction;

/**
 * What asks for the end of a transaction.
 *
 * @param fromClient false for the coordinator itself, which aborts under an epoch of its own
 * @param clientVersion transaction version that the client speaks, or the cluster's
 */
record EndRequest(
    String transactionalId,
    long producerId,
    short epoch,
    boolean commit,
    boolean fromClient,
    int clientVersion) {

  EndRequest withEpoch(short other) {
    return new EndRequest(transactionalId, producerId, other, commit, fromClient, clientVersion);
  }

  /** Takes the outcome; ids are −1 unless the producer must go on with them. */
  @FunctionalInterface
  interface Answer {
    void ended(org.apache.kafka.common.protocol.Errors error, long producerId, short epoch);
  }
}
