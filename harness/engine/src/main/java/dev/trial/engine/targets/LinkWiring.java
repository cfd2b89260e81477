package dev.trial.engine.targets;

import dev.trial.core.fault.Links;
import dev.trial.live.machine.ProxiedRoutes;
import dev.trial.live.machine.Routes;
import dev.trial.nemesis.proxy.LinkRegistry;
import dev.trial.nemesis.proxy.LiveLinks;
import dev.trial.nemesis.proxy.ProxyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;

/**
 * One proxy on every directed link of a live cluster, and the faults that they do. Only the links
 * of clients are Kafka-aware: faults by API are for clients' requests.
 */
public final class LinkWiring implements AutoCloseable {
  private final ProxyServer server;
  private final LinkRegistry registry = new LinkRegistry();
  private final Routes routes = new ProxiedRoutes(this::proxy);
  private final Links links;
  private final Supplier<List<String>> clients;

  /** {@code clients} are the names of the client processes started so far. */
  public LinkWiring(Supplier<List<String>> clients) {
    try {
      server = ProxyServer.start(new KafkaMessages());
    } catch (IOException e) {
      throw new UncheckedIOException("the proxy server cannot start", e);
    }
    links = new LiveLinks(server, registry, clients);
    this.clients = clients;
  }

  /** Where machines and clients connect to: through the proxies. */
  public Routes routes() {
    return routes;
  }

  /** Names of the client processes started so far. */
  Supplier<List<String>> clients() {
    return clients;
  }

  /** Network faults. */
  public Links links() {
    return links;
  }

  /** The proxy for connections that one party opens to another; made if there is none yet. */
  public InetSocketAddress proxy(String from, String to, InetSocketAddress upstream) {
    String name = from + "-to-" + to + "-" + upstream.getPort();
    String address = upstream.getHostString() + ":" + upstream.getPort();
    try {
      int port = server.add(name, 0, address, from.equals(LinkRegistry.CLIENTS));
      registry.register(from, to, name);
      return new InetSocketAddress(upstream.getAddress(), port);
    } catch (IOException e) {
      throw new UncheckedIOException("no proxy for " + from + " to " + to, e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
