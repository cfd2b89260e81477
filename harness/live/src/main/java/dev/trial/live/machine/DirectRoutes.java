package dev.trial.live.machine;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Routes without proxies between. */
public final class DirectRoutes implements Routes {
  private final Map<String, InetSocketAddress> bound = new ConcurrentHashMap<>();

  @Override
  public void bound(String machine, int port, InetSocketAddress address) {
    bound.put(machine + ":" + port, address);
  }

  @Override
  public InetSocketAddress route(String from, String to, int port) {
    return bound.get(to + ":" + port);
  }

  @Override
  public InetSocketAddress clientRoute(String to, int port) {
    return bound.get(to + ":" + port);
  }
}
