package dev.trial.sim.world;

/** Builds the answer that refuses a request; supplied by whoever knows the wire format. */
@FunctionalInterface
public interface Refusal {

  /**
   * An answer with that error for the request.
   *
   * @param request header and body, without the length prefix
   * @param error name of a retriable error, as in Kafka's protocol guide
   * @return header and body without the length prefix; null if such a request can't be refused so,
   *     which lets it pass
   */
  byte[] answer(byte[] request, String error);
}
