package dev.trial.broker.wire;

import org.apache.kafka.common.protocol.ApiMessage;

/** Calls to other nodes over connections that are opened when needed and reopened when broken. */
public interface Peers {

  /**
   * Sends a request, at the newest version both sides speak.
   *
   * @param node broker or controller id
   * @param reply told exactly once, on the own event loop
   */
  void call(int node, ApiMessage request, long timeoutMs, Reply reply);

  /** How a call ended. */
  interface Reply {

    /** The answer came. */
    void answered(ApiMessage response);

    /** No answer: not connected, connection broken, or time is up. The effect is unknown. */
    void failed(String why);
  }
}
