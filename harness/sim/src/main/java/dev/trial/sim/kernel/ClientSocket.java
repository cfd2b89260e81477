package dev.trial.sim.kernel;

import java.nio.ByteBuffer;

/** A client's end of a simulated connection, as a non-blocking socket. */
public interface ClientSocket {

  /**
   * Takes as many remaining bytes of the buffers as the bounded send buffer has room for, as
   * writev(2) on a non-blocking socket does: together, so that they travel together. Bytes taken
   * are copied; the rest stays the caller's.
   *
   * @param offset the first buffer to take from
   * @param length how many of them
   * @return how many were taken; −1 once the connection is dead
   */
  int write(ByteBuffer[] buffers, int offset, int length);

  /** Closes the client's end; bytes already taken may still reach the broker. */
  void close();
}
