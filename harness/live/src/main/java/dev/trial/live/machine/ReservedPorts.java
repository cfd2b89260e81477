package dev.trial.live.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;

/**
 * Real ports for the machines' ports, one each for the whole run: clients and proxies know a node
 * before it first listens, and again after it was restarted.
 *
 * <p>A port is held by a socket that is bound and never listens. With SO_REUSEADDR on both, a
 * listener may share it (as Linux allows as long as only one of them listens), while the kernel
 * gives it to nobody else, not even when the node is down.
 */
public final class ReservedPorts implements AutoCloseable {
  private final Routes routes;
  private final Map<String, Socket> holders = new TreeMap<>();

  /** Tells {@code routes} of each port when it is first asked for. */
  public ReservedPorts(Routes routes) {
    this.routes = routes;
  }

  /** The real address of a machine's port. */
  public synchronized InetSocketAddress address(String machine, int port) {
    Socket holder = holders.computeIfAbsent(machine + ":" + port, key -> reserve(machine, port, 0));
    return (InetSocketAddress) holder.getLocalSocketAddress();
  }

  /**
   * Decides the real port of a machine's port, before it is first asked for.
   *
   * @throws UncheckedIOException if somebody has that port
   */
  public synchronized void fix(String machine, int port, int realPort) {
    holders.put(machine + ":" + port, reserve(machine, port, realPort));
  }

  private Socket reserve(String machine, int port, int realPort) {
    try {
      Socket holder = new Socket();
      holder.setReuseAddress(true);
      holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), realPort));
      routes.bound(machine, port, (InetSocketAddress) holder.getLocalSocketAddress());
      return holder;
    } catch (IOException e) {
      throw new UncheckedIOException("no port for " + machine + ":" + port, e);
    }
  }

  @Override
  public synchronized void close() {
    for (Socket holder : holders.values()) {
      try {
        holder.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    holders.clear();
  }
}
