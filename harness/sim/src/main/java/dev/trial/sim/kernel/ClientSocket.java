package dev.trial.sim.kernel;

import java.nio.ByteBuffer;

/** A client's end of a simulated connection, as a non-blocking socket. */
public interface ClientSocket {

  /**
   * Takes as many remaining bytes as the bounded send buffer has room for, as write(2) on a
   * non-blocking socket does. Bytes taken are copied; the rest stays the caller's.
   *
   * @return how many were taken; −1 once the connection is dead
   */
  int write(ByteBuffer bytes);

  /** Closes the client's end; bytes already taken may still reach the broker. */
  void close();
}
