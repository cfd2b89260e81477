package dev.trial.live.machine;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;

/**
 * Routes with one proxy per directed link: from each machine to each port it connects to, and one
 * per port for the clients as a group. Proxies are made when their link is first used.
 */
public final class ProxiedRoutes implements Routes {
  /** The source of client connections. */
  public static final String CLIENTS = "clients";

  private final LinkProxies proxies;
  private final Map<String, InetSocketAddress> bound = new TreeMap<>();
  private final Map<String, InetSocketAddress> links = new TreeMap<>();

  public ProxiedRoutes(LinkProxies proxies) {
    this.proxies = proxies;
  }

  @Override
  public synchronized void bound(String machine, int port, InetSocketAddress address) {
    bound.put(machine + ":" + port, address);
  }

  @Override
  public synchronized InetSocketAddress route(String from, String to, int port) {
    InetSocketAddress upstream = bound.get(to + ":" + port);
    return upstream == null
        ? null
        : links.computeIfAbsent(
            from + " " + to + ":" + port, link -> proxies.proxy(from, to, upstream));
  }

  @Override
  public InetSocketAddress clientRoute(String to, int port) {
    return route(CLIENTS, to, port);
  }
}
