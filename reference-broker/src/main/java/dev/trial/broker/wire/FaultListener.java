package dev.trial.broker.wire;

/** Told of a fault in a handler: an exception that no rule of the protocol asked for. */
@FunctionalInterface
public interface FaultListener {

  /**
   * Called once for each kind of fault.
   *
   * @param what the API and version, the exception and where it was thrown, in one line
   */
  void fault(String what);
}
