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
  public int write(ByteBuffer[] buffers, int offset, int length) {
    if (closed()) {
      return -1;
    }
    if (state == State.OPENING) {
      return 0;
    }
    int wanted = 0;
    for (int i = offset; i < offset + length; i++) {
      wanted += buffers[i].remaining();
    }
    int taken = Math.min(wanted, Math.max(0, room()));
    wantsRoom |= taken < wanted;
    if (taken > 0) {
      used += taken;
      out.push(gathered(buffers, offset, taken));
    }
    return taken;
  }

  private static byte[] gathered(ByteBuffer[] buffers, int offset, int bytes) {
    byte[] segment = new byte[bytes];
    int filled = 0;
    for (int i = offset; filled < bytes; i++) {
      int part = Math.min(bytes - filled, buffers[i].remaining());
      buffers[i].get(segment, filled, part);
      filled += part;
    }
    return segment;
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
