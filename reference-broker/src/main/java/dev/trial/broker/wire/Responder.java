package dev.trial.broker.wire;

import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Takes the answer to one request, now or later. Requests of a connection are answered in order.
 */
public interface Responder {

  /** Answers. */
  void answer(ApiMessage response);

  /** There is no answer (produce with acks=0). */
  void none();

  /** Breaks the connection instead of answering. */
  void disconnect();
}
