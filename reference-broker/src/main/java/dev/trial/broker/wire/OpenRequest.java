package dev.trial.broker.wire;

/** A request on its way through a node, as seen by whoever guards the event loop. */
interface OpenRequest {

  /** True once nothing can be told to its sender any more. */
  boolean answered();

  /** Its handling threw: it is told, and answered with an error if it was not yet. */
  void failed(Throwable fault);
}
