package dev.trial.broker.cluster;

import dev.trial.broker.wire.Frames;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A connection to a node whose client writes what it likes. */
final class RawConnection implements ConnectionListener {
  private final Frames frames = new Frames(answer -> answers().add(answer));
  private final List<ByteBuffer> answers = new ArrayList<>();
  private final List<byte[]> unsent = new ArrayList<>();
  private final Connection connection;
  private boolean connected;
  private boolean closed;

  RawConnection(Host host, Address to) {
    this.connection = host.network().connect(to, this);
  }

  /** Sends the bytes, once connected. */
  RawConnection send(byte[] bytes) {
    if (connected) {
      connection.write(bytes);
    } else {
      unsent.add(bytes);
    }
    return this;
  }

  void close() {
    connection.close();
  }

  /** Whole frames that came, without their lengths. */
  List<ByteBuffer> answers() {
    return answers;
  }

  /** True once the other side has hung up. */
  boolean hungUp() {
    return closed;
  }

  /** True once something came of it. */
  boolean settled() {
    return closed || !answers.isEmpty();
  }

  @Override
  public void connected() {
    connected = true;
    unsent.forEach(connection::write);
  }

  @Override
  public void received(byte[] bytes) {
    frames.received(bytes);
  }

  @Override
  public void closed() {
    closed = true;
  }
}
