package dev.trial.broker.controller;

import org.apache.kafka.common.errors.TimeoutException;

/**
 * Until when a controller may begin what it is asked for. Kafka's controller puts such a request
 * into a queue with its deadline, and looks whether that has passed before it begins
 * (QuorumController.appendWriteEvent, KafkaEventQueue.handleEvents); here nothing has to wait, so
 * that only a deadline that was never ahead can have passed.
 */
final class RequestDeadline {

  private RequestDeadline() {}

  /**
   * Looks at a request for which there is something to do.
   *
   * @param timeoutMs as the request has it
   * @throws TimeoutException if it asks for no time at all: nothing is done
   */
  static void check(int timeoutMs) {
    if (timeoutMs <= 0) {
      throw new TimeoutException();
    }
  }
}
