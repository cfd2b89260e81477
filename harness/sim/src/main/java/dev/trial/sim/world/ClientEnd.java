package dev.trial.sim.world;

import dev.trial.sim.kernel.ClientSocket;
import dev.trial.sim.kernel.SocketEvents;
import java.nio.ByteBuffer;

/** A client process's end: a non-blocking socket with a bounded send buffer. */
final class ClientEnd extends Endpoint implements ClientSocket {
  private final SocketEvents events;
  private final int capacity;
  private int used;
  private int frozenFrom;
  private boolean wantsRoom;

  ClientEnd(Party party, SocketEvents events, int capacity) {
    super(party);
    this.events = events;
    this.capacity = capacity;
  }

  @Override
  public int write(ByteBuffer bytes) {
    if (closed()) {
      return -1;
    }
    if (state == State.OPENING) {
      return 0;
    }
    int taken = Math.min(bytes.remaining(), Math.max(0, room()));
    wantsRoom |= taken < bytes.remaining();
    if (taken > 0) {
      byte[] segment = new byte[taken];
      bytes.get(segment);
      used += taken;
      out.push(segment);
    }
    return taken;
  }

  private int room() {
    int free = capacity - used;
    return out.link.frozen()
        ? (int) Math.min(free, (long) frozenFrom + out.link.frozenBufferBytes() - used)
        : free;
  }

  /** A freeze begins: what is buffered now counts as before it. */
  void freezeBegins() {
    frozenFrom = used;
  }

  /** Tells the client when a third of the buffer is free, as a kernel does. */
  void offerRoom() {
    if (wantsRoom && !closed() && room() > 0 && used <= capacity - capacity / 3) {
      wantsRoom = false;
      events.writable();
    }
  }

  @Override
  public void close() {
    closeInOrder();
  }

  @Override
  void requested() {
    throw new IllegalStateException("nobody connects to a client");
  }

  @Override
  void accepted() {
    throw new IllegalStateException("nobody connects to a client");
  }

  @Override
  void established() {
    if (state == State.OPENING) {
      state = State.OPEN;
      events.connected();
    }
  }

  @Override
  void received(byte[] bytes) {
    events.received(bytes);
  }

  @Override
  void broken() {
    events.closed();
  }

  @Override
  void acknowledged(int bytes) {
    used -= bytes;
    if (!party.paused()) {
      offerRoom();
    }
  }
}
