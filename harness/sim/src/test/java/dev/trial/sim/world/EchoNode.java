package dev.trial.sim.world;

import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;
import java.io.ByteArrayOutputStream;

/** A node that keeps what it hears, per connection in one stream, and may send it back. */
final class EchoNode {
  final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  final Host host;
  Connection latest;

  /** What the node does before it sends anything back. */
  Runnable beforeEcho = () -> {};

  int accepted;
  int closed;

  EchoNode(Host host, boolean echo) {
    this.host = host;
    host.network()
        .listen(
            9092,
            (connection, remote) -> {
              accepted++;
              latest = connection;
              return new Listener(connection, echo);
            });
  }

  private final class Listener implements ConnectionListener {
    private final Connection connection;
    private final boolean echo;

    Listener(Connection connection, boolean echo) {
      this.connection = connection;
      this.echo = echo;
    }

    @Override
    public void connected() {
      throw new AssertionError("accepted connections are not told so");
    }

    @Override
    public void received(byte[] bytes) {
      heard.writeBytes(bytes);
      if (echo) {
        beforeEcho.run();
        connection.write(bytes);
      }
    }

    @Override
    public void closed() {
      closed++;
    }
  }
}
