package dev.trial.live.machine;

import dev.trial.core.world.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A machine's network: loopback only, ephemeral ports, names resolved by {@link Routes}. */
final class LiveNetwork implements Network {
  private final String machine;
  private final EventLoop loop;
  private final Routes routes;
  private final ReservedPorts ports;

  LiveNetwork(String machine, EventLoop loop, Routes routes, ReservedPorts ports) {
    this.machine = machine;
    this.loop = loop;
    this.routes = routes;
    this.ports = ports;
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

  private void accept(ServerSocketChannel server, Acceptor acceptor) {
    try {
      SocketChannel channel = server.accept();
      if (channel == null) {
        return;
      }
      LiveConnection connection = new LiveConnection(channel);
      String remote = ((InetSocketAddress) channel.getRemoteAddress()).getHostString();
      connection.register(loop, acceptor.accepted(connection, remote), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Connection connect(Address to, ConnectionListener listener) {
    try {
      LiveConnection connection = new LiveConnection(SocketChannel.open());
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
