package dev.trial.containers;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Toxiproxy that runs on this machine. Nodes find it by the engine's name for its host, and it
 * finds them at the ports that the engine publishes for them, which are others after each start.
 * Its proxies bear the process's name, so that the next run can tell those of the dead.
 */
final class RunningProxies implements ClusterProxies {
  private static final String HOST = "trial-toxiproxy";
  private static final String PREFIX = "trial.";
  private static final String NOWHERE = "127.0.0.1:1";

  private final Engine engine;
  private final URI url;
  private final ToxiproxyClient client;
  private final Owner owner = Owner.self();
  private final String mine = mine(owner);
  private final List<Upstream> upstreams = new ArrayList<>();

  /** A proxy and the node's port that it is for. */
  private record Upstream(String proxy, String node, int port) {}

  RunningProxies(Engine engine, URI url) {
    this.engine = engine;
    this.url = url;
    this.client = new ToxiproxyClient(url.getHost(), url.getPort());
    try {
      for (Proxy proxy : client.getProxies()) {
        if (ofTheDead(proxy.getName())) {
          proxy.delete();
        }
      }
    } catch (IOException away) {
      throw new ContainersException(
          "no Toxiproxy answers at " + url + " (" + ContainersException.reason(away) + ")", away);
    }
  }

  private static String mine(Owner owner) {
    return PREFIX
        + owner.pid()
        + "."
        + owner.startTicks()
        + "."
        + Long.toHexString(System.nanoTime())
        + ".";
  }

  private boolean ofTheDead(String proxy) {
    String[] parts = proxy.split("\\.");
    return proxy.startsWith(PREFIX)
        && parts.length > 3
        && new Owner(
                owner.machine(), owner.boot(), Long.parseLong(parts[1]), Long.parseLong(parts[2]))
            .gone();
  }

  @Override
  public ToxiproxyClient client() {
    return client;
  }

  @Override
  public String named(String link) {
    return mine + link;
  }

  @Override
  public String inside(String link, String node, int port) {
    return HOST + ":" + made(link, node, port);
  }

  @Override
  public String outside(String link, String node, int port) {
    return url.getHost() + ":" + made(link, node, port);
  }

  private synchronized int made(String link, String node, int port) {
    try {
      Proxy proxy = client.createProxy(named(link), "0.0.0.0:0", NOWHERE);
      upstreams.add(new Upstream(named(link), node, port));
      String listen = proxy.getListen();
      return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    } catch (IOException e) {
      throw new UncheckedIOException("Toxiproxy did not make " + link, e);
    }
  }

  @Override
  public synchronized void prepare(String node, Box box) {
    box.withExtraHost(HOST, "host-gateway");
    upstreams.stream()
        .filter(each -> each.node.equals(node))
        .forEach(each -> box.publish(each.port));
  }

  @Override
  public synchronized void started(String node, String containerId) {
    Map<ExposedPort, Ports.Binding[]> published =
        engine
            .client()
            .inspectContainerCmd(containerId)
            .exec()
            .getNetworkSettings()
            .getPorts()
            .getBindings();
    try {
      for (Upstream each : upstreams) {
        Ports.Binding[] bound = published.get(ExposedPort.tcp(each.port));
        if (each.node.equals(node) && bound != null) {
          client.getProxy(each.proxy).setUpstream("127.0.0.1:" + bound[0].getHostPortSpec());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Toxiproxy was not told where " + node + " is", e);
    }
  }

  /** The Toxiproxy stays; its proxies for this cluster go. */
  @Override
  public synchronized void close() {
    try {
      for (Proxy proxy : client.getProxies()) {
        if (proxy.getName().startsWith(mine)) {
          proxy.delete();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("proxies are left in the Toxiproxy at " + url, e);
    }
  }
}
