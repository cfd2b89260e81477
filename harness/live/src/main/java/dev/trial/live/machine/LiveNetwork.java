package dev.trial.live.machine;

import dev.trial.core.world.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** A machine's network: loopback only, ephemeral ports, names resolved by {@link Routes}. */
final class LiveNetwork implements Network {
  private final String machine;
  private final EventLoop loop;
  private final Routes routes;
  private final ReservedPorts ports;
  private final Consumer<String> log;
  private final HeldOutput held;
  private String refusal = "";

  LiveNetwork(
      String machine,
      EventLoop loop,
      Routes routes,
      ReservedPorts ports,
      Flushes flushes,
      Consumer<String> log) {
    this.log = log;
    this.machine = machine;
    this.loop = loop;
    this.routes = routes;
    this.ports = ports;
    this.held = new HeldOutput(loop, flushes);
  }

  @Override
  public void listen(int port, Acceptor acceptor) {
    try {
      ServerSocketChannel server = ServerSocketChannel.open();
      server.configureBlocking(false);
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(ports.address(machine, port));
      EventLoop.Ready accept = key -> accept(server, acceptor);
      server.register(loop.selector(), SelectionKey.OP_ACCEPT, accept);
    } catch (IOException e) {
      throw new UncheckedIOException(machine + " cannot listen on port " + port, e);
    }
  }

  /** What goes wrong here costs that connection (SocketServer.Acceptor), and is said once. */
  private void accept(ServerSocketChannel server, Acceptor acceptor) {
    SocketChannel channel = null;
    try {
      channel = server.accept();
      if (channel == null) {
        return;
      }
      LiveConnection connection = new LiveConnection(channel, held);
      String remote = ((InetSocketAddress) channel.getRemoteAddress()).getHostString();
      connection.register(loop, acceptor.accepted(connection, remote), false);
    } catch (IOException failed) {
      if (!refusal.equals(failed.toString())) {
        refusal = failed.toString();
        log.accept("a connection was not accepted: " + refusal);
      }
      close(channel);
    }
  }

  private void close(SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException gone) {
      log.accept("a connection was not closed: " + gone);
    }
  }

  @Override
  public Connection connect(Address to, ConnectionListener listener) {
    try {
      LiveConnection connection = new LiveConnection(SocketChannel.open(), held);
      InetSocketAddress address = routes.route(machine, to.host(), to.port());
      if (address == null) {
        loop.submit(listener::closed);
        return connection;
      }
      connection.dial(loop, address, listener);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
