package dev.trial.sim.world;

import java.util.ArrayDeque;

/** Requests of one connection that are not answered yet, in order. */
final class FrameLedger {
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();

  /**
   * A request on its way.
   *
   * @param refusal the answer that the network gives instead of the broker; null if it is served
   */
  record Pending(int correlationId, int apiKey, byte[] refusal) {}

  void add(Pending request) {
    pending.addLast(request);
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** The oldest request if the network is to answer it, else null. */
  Pending takeRefusedFirst() {
    Pending first = pending.peekFirst();
    return first == null || first.refusal() == null ? null : pending.pollFirst();
  }

  /** The oldest request; earlier ones than the one that is being answered never get an answer. */
  Pending take() {
    return pending.pollFirst();
  }
}
