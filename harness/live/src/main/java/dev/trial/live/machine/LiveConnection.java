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

/** A TCP connection on an event loop. Linger is zero: the end of the process resets it. */
final class LiveConnection implements Connection, EventLoop.Ready {
  private static final int READ_BYTES = 64 * 1024;

  /** More than this many bytes wait: the peer is slower than who writes. */
  private static final int CONGESTED_BYTES = 1 << 20;

  private final SocketChannel channel;
  private final Deque<ByteBuffer> outgoing = new ArrayDeque<>();
  private ConnectionListener listener;
  private SelectionKey key;
  private long outgoingBytes;
  private boolean congested;
  private boolean closed;

  LiveConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /** Registers with the loop; {@code connecting} if the connection is still being made. */
  void register(EventLoop loop, ConnectionListener owner, boolean connecting) throws IOException {
    listener = owner;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
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
    outgoing.add(ByteBuffer.wrap(bytes));
    outgoingBytes += bytes.length;
    if (channel.isConnected()) {
      try {
        flush();
      } catch (IOException broken) {
        broken();
      }
    }
  }

  private void flush() throws IOException {
    while (!outgoing.isEmpty()) {
      outgoingBytes -= channel.write(outgoing.peek());
      if (outgoing.peek().hasRemaining()) {
        key.interestOpsOr(SelectionKey.OP_WRITE);
        congested = outgoingBytes > CONGESTED_BYTES;
        return;
      }
      outgoing.poll();
    }
    if (key.isValid()) {
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
