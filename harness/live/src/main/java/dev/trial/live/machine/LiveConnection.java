package dev.trial.live.machine;

import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A TCP connection on an event loop. Closed, it ends in order, after all that was sent, as Kafka's
 * SocketServer ends one (Acceptor sets no SO_LINGER); the end of the process resets it: see {@link
 * EventLoop}. What is written after a file was flushed leaves when that flush is over.
 */
final class LiveConnection implements Connection, EventLoop.Ready {
  private static final int READ_BYTES = 64 * 1024;

  /** More than this many bytes wait: the peer is slower than who writes. */
  private static final int CONGESTED_BYTES = 1 << 20;

  private final SocketChannel channel;
  private final HeldOutput held;
  private final Deque<Outgoing> outgoing = new ArrayDeque<>();
  private ConnectionListener listener;
  private SelectionKey key;
  private long outgoingBytes;
  private boolean congested;
  private boolean closed;

  /**
   * Bytes to be sent.
   *
   * @param flushes that must have ended before
   */
  private record Outgoing(ByteBuffer bytes, long flushes) {}

  LiveConnection(SocketChannel channel, HeldOutput held) {
    this.channel = channel;
    this.held = held;
  }

  /** Registers with the loop; {@code connecting} if the connection is still being made. */
  void register(EventLoop loop, ConnectionListener owner, boolean connecting) throws IOException {
    listener = owner;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    int interest = connecting ? SelectionKey.OP_CONNECT : SelectionKey.OP_READ;
    key = channel.register(loop.selector(), interest, this);
  }

  /** Starts connecting. */
  void dial(EventLoop loop, InetSocketAddress address, ConnectionListener owner) {
    try {
      register(loop, owner, true);
      if (channel.connect(address)) {
        loop.submit(this::established);
      }
    } catch (IOException refused) {
      loop.submit(this::broken);
    }
  }

  private void established() {
    if (!closed) {
      key.interestOps(SelectionKey.OP_READ);
      listener.connected();
    }
  }

  @Override
  public void ready(SelectionKey ready) {
    try {
      if (ready.isConnectable() && channel.finishConnect()) {
        established();
        flush();
      }
      if (!closed && key.isValid() && key.isWritable()) {
        flush();
        tellDrained();
      }
      if (!closed && key.isValid() && key.isReadable()) {
        read();
      }
    } catch (IOException broken) {
      broken();
    }
  }

  private void read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
    int count = channel.read(buffer);
    if (count < 0) {
      broken();
    } else if (count > 0) {
      byte[] bytes = new byte[count];
      buffer.flip().get(bytes);
      listener.received(bytes);
    }
  }

  @Override
  public void write(byte[] bytes) {
    if (closed) {
      return;
    }
    outgoing.add(new Outgoing(ByteBuffer.wrap(bytes), held.now()));
    outgoingBytes += bytes.length;
    send();
  }

  /** Sends what may go by now. */
  void send() {
    if (!closed && channel.isConnected()) {
      try {
        flush();
      } catch (IOException broken) {
        broken();
      }
    }
  }

  private void flush() throws IOException {
    while (!outgoing.isEmpty() && !held.holds(this, outgoing.peek().flushes())) {
      ByteBuffer bytes = outgoing.peek().bytes();
      outgoingBytes -= channel.write(bytes);
      if (bytes.hasRemaining()) {
        key.interestOpsOr(SelectionKey.OP_WRITE);
        congested |= outgoingBytes > CONGESTED_BYTES; // until it has told that it has drained
        return;
      }
      outgoing.poll();
    }
    if (!key.isValid()) {
      return;
    }
    if (congested && outgoing.isEmpty()) {
      key.interestOpsOr(
          SelectionKey.OP_WRITE); // the loop comes back, and tells that it has drained
    } else {
      key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }
  }

  /** Not in the middle of a write of the listener's own: it may write again. */
  private void tellDrained() {
    if (congested && outgoing.isEmpty() && !closed) {
      congested = false;
      listener.drained();
    }
  }

  @Override
  public boolean congested() {
    return congested;
  }

  @Override
  public void reading(boolean on) {
    if (!closed && key.isValid()) {
      if (on) {
        key.interestOpsOr(SelectionKey.OP_READ);
      } else {
        key.interestOpsAnd(~SelectionKey.OP_READ);
      }
    }
  }

  private void broken() {
    if (!closed) {
      close();
      listener.closed();
    }
  }

  @Override
  public void close() {
    closed = true;
    outgoing.clear();
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      closed = true;
    }
  }
}
