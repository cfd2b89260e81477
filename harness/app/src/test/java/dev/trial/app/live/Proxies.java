package dev.trial.app.live;

import dev.trial.core.fault.Links;
import dev.trial.live.machine.ProxiedRoutes;
import dev.trial.live.machine.Routes;
import dev.trial.nemesis.proxy.LinkRegistry;
import dev.trial.nemesis.proxy.LiveLinks;
import dev.trial.nemesis.proxy.ProxyServer;
import dev.trial.nemesis.proxy.RefusalCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** One proxy on every link of a live cluster, and the faults that they do. */
final class Proxies implements AutoCloseable {
  private final ProxyServer server;
  private final LinkRegistry registry = new LinkRegistry();
  private final Routes routes = new ProxiedRoutes(this::proxy);
  private final Links links;

  /** {@code clients} are the names of all client processes. */
  Proxies(List<String> clients) throws IOException {
    server = ProxyServer.start(new NoMessageFaults());
    links = new LiveLinks(server, registry, () -> clients);
  }

  Routes routes() {
    return routes;
  }

  Links links() {
    return links;
  }

  private InetSocketAddress proxy(String from, String to, InetSocketAddress upstream) {
    String name = from + "-to-" + to;
    String address = upstream.getHostString() + ":" + upstream.getPort();
    try {
      int port = server.add(name, 0, address, false);
      registry.register(from, to, name);
      return new InetSocketAddress(upstream.getAddress(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** These proxies know nothing of Kafka's messages. */
  private static final class NoMessageFaults implements RefusalCodec {
    @Override
    public int apiKey(String api) {
      return -1;
    }

    @Override
    public boolean expectsAnswer(byte[] request) {
      return true;
    }

    @Override
    public Optional<byte[]> refuse(byte[] request, String error) {
      return Optional.empty();
    }
  }
}
