package dev.trial.broker.quorum;

/** What a voter tells the controller, on the event loop. */
public interface QuorumListener {

  /** An entry is committed; called in offset order without gaps. The payload may be empty. */
  void committed(long offset, byte[] payload);

  /** This node leads {@code epoch} and has been told everything committed before it. */
  void leading(int epoch);

  /** This node leads no more: entries it appended may be lost or not. */
  void resigned();
}
