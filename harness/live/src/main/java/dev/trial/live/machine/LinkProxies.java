package dev.trial.live.machine;

import java.net.InetSocketAddress;

/** Makes the proxies that stand on the links between processes. */
@FunctionalInterface
public interface LinkProxies {

  /**
   * Makes the proxy for connections that {@code from} opens to {@code to}; asked once per link.
   *
   * @param from a machine's name, or {@link ProxiedRoutes#CLIENTS} for all clients together
   * @param to a machine's name
   * @param upstream where the proxy connects to; nobody may listen there yet
   * @return where the proxy listens, or {@code upstream} itself if nothing is to stand between
   */
  InetSocketAddress proxy(String from, String to, InetSocketAddress upstream);
}
