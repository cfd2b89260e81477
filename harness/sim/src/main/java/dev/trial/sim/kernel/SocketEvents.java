package dev.trial.sim.kernel;

/** What a client's connection is told by the network; called from events, never from a strand. */
public interface SocketEvents {

  /** The connection is established. */
  void connected();

  /** The next bytes of the stream. */
  void received(byte[] bytes);

  /** There is room in the send buffer again. */
  void writable();

  /** Refused, reset, timed out or closed by the broker. Called at most once. */
  void closed();
}
