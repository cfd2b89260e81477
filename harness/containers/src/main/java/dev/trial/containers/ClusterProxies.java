package dev.trial.containers;

import eu.rekawek.toxiproxy.ToxiproxyClient;
import org.testcontainers.containers.Network;

/** The proxies of a cluster's links: where their Toxiproxy runs, and who finds it how. */
interface ClusterProxies extends AutoCloseable {

  /** The Toxiproxy that source speaks of, for nodes on that network. */
  static ClusterProxies of(
      ToxiproxySource source, Engine engine, KafkaImage image, Network network, int outside) {
    if (source instanceof ToxiproxySource.Image toxiproxy) {
      return ContainerProxies.toxiproxy(engine, toxiproxy.name(), network, outside);
    }
    if (source instanceof ToxiproxySource.Running running) {
      return new RunningProxies(engine, running.url());
    }
    return ContainerProxies.own(engine, image, network, outside);
  }

  /** Drives them. */
  ToxiproxyClient client();

  /** What the proxy of a link is called there. */
  String named(String link);

  /**
   * A proxy before a node's port, for connections from other nodes.
   *
   * @return HOST:PORT as they see it
   */
  String inside(String link, String node, int port);

  /**
   * A proxy before a node's port, for connections from this machine.
   *
   * @return HOST:PORT
   */
  String outside(String link, String node, int port);

  /** A node's container is about to be made. */
  void prepare(String node, Box box);

  /** A node's container has started, for the first time or again. */
  void started(String node, String containerId);

  @Override
  void close();
}
