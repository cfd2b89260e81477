package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.ClientSocket;
import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.SocketEvents;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import org.apache.kafka.common.network.ChannelState;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.NetworkSend;
import org.apache.kafka.common.network.TransferableChannel;

/**
 * One connection of a {@link SimSelector}. The network's events only note what happened; the client
 * sees it in its next poll.
 */
final class SimChannel implements SocketEvents, TransferableChannel {
  private static final int SIZE_BYTES = 4;

  private final SimSelector selector;
  private final String id;
  private final InetSocketAddress address;
  private final ArrayDeque<ByteBuffer> inbound = new ArrayDeque<>();
  private final ByteBuffer size = ByteBuffer.allocate(SIZE_BYTES);
  private ClientSocket socket;
  private ByteBuffer payload;
  private NetworkSend send;
  private WireGuard guard;
  private boolean established;
  private boolean connected;
  private boolean ended;
  private boolean full;
  private boolean muted;
  private boolean closed;
  private long activeNs;

  SimChannel(SimSelector selector, String id, InetSocketAddress address, long nowNs) {
    this.selector = selector;
    this.id = id;
    this.address = address;
    this.activeNs = nowNs;
  }

  void open(Kernel kernel) {
    socket = kernel.connect(address.getHostString(), address.getPort(), this);
  }

  // ---- events of the network

  @Override
  public void connected() {
    established = true;
    selector.wakePoller();
  }

  @Override
  public void received(byte[] bytes) {
    if (!closed && bytes.length > 0) {
      inbound.addLast(ByteBuffer.wrap(bytes));
      selector.wakePoller();
    }
  }

  @Override
  public void writable() {
    full = false;
    selector.wakePoller();
  }

  @Override
  public void closed() {
    ended = true;
    selector.wakePoller();
  }

  // ---- the selector's side

  boolean ready() {
    return established && !connected
        || ended
        || !muted && !inbound.isEmpty()
        || connected && send != null && !full;
  }

  /** True the first time after the connection was established. */
  boolean finishConnect() {
    boolean first = established && !connected;
    connected |= first;
    return first;
  }

  void begin(NetworkSend next) {
    if (send != null) {
      throw new IllegalStateException(
          "Attempt to begin a send operation with prior send operation still in progress,"
              + " connection id is "
              + id);
    }
    send = next;
    guard = WireGuard.over(next);
  }

  /** The next whole receive from what has arrived; null if there is none yet. */
  NetworkReceive read() throws IOException {
    while (!muted && !inbound.isEmpty()) {
      ByteBuffer arrived = inbound.peekFirst();
      boolean whole = fill(arrived);
      if (!arrived.hasRemaining()) {
        inbound.removeFirst();
      }
      if (whole) {
        payload.flip();
        NetworkReceive receive = new NetworkReceive(id, payload);
        payload = null;
        size.clear();
        return receive;
      }
    }
    return null;
  }

  private boolean fill(ByteBuffer arrived) throws IOException {
    if (payload == null) {
      move(arrived, size);
      if (size.hasRemaining()) {
        return false;
      }
      int length = size.getInt(0);
      if (length < 0) {
        throw new IOException("Invalid receive (size = " + length + ")");
      }
      payload = ByteBuffer.allocate(length);
    }
    move(arrived, payload);
    return !payload.hasRemaining();
  }

  private static void move(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    to.put(to.position(), from, from.position(), count);
    to.position(to.position() + count);
    from.position(from.position() + count);
  }

  /** Writes what the socket takes now; the send if that was its last byte. */
  NetworkSend write(Kernel kernel) throws IOException {
    if (!connected || send == null || full) {
      return null;
    }
    guard.check(kernel, id);
    long written = send.writeTo(this);
    guard.wrote(written);
    if (!send.completed()) {
      return null;
    }
    NetworkSend done = send;
    send = null;
    return done;
  }

  @Override
  public void close() {
    closed = true;
    ended = true;
    inbound.clear();
    socket.close();
  }

  String id() {
    return id;
  }

  boolean isConnected() {
    return connected;
  }

  /** True once the stream has ended; what arrived before may still wait to be read. */
  boolean ended() {
    return ended;
  }

  boolean exhausted() {
    return inbound.isEmpty();
  }

  ChannelState endState() {
    return connected
        ? ChannelState.READY
        : new ChannelState(ChannelState.State.NOT_CONNECTED, address.toString());
  }

  void mute(boolean on) {
    muted = on;
  }

  void touch(long nowNs) {
    activeNs = nowNs;
  }

  long activeNs() {
    return activeNs;
  }

  // ---- what a Send writes to

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return (int) write(new ByteBuffer[] {bytes}, 0, 1);
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
    int wanted = 0;
    for (int i = offset; i < offset + length; i++) {
      wanted += buffers[i].remaining();
    }
    if (wanted == 0) {
      return 0;
    }
    int taken = socket.write(buffers, offset, length);
    if (taken < 0) {
      throw new IOException("Broken pipe");
    }
    full = taken < wanted;
    return taken;
  }

  @Override
  public long write(ByteBuffer[] buffers) throws IOException {
    return write(buffers, 0, buffers.length);
  }

  @Override
  public boolean hasPendingWrites() {
    return false;
  }

  @Override
  public long transferFrom(FileChannel file, long position, long count) {
    throw new UnsupportedOperationException("clients send no files");
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }
}
