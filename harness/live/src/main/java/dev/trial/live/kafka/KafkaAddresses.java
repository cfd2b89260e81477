package dev.trial.live.kafka;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.live.machine.DirectRoutes;
import dev.trial.live.machine.LinkProxies;
import dev.trial.live.machine.ProxiedRoutes;
import dev.trial.live.machine.ReservedPorts;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who listens where. Kafka has no "my view of my peers", but listeners have names: each node has
 * one for each source of connections, advertised at the proxy of that link.
 */
final class KafkaAddresses implements AutoCloseable {
  private static final int CLIENT = 1;
  private static final int ADMIN = 2;
  private static final int SOURCES = 1_000;
  private static final int FIRST_CONTROLLER = 101;

  private final ClusterShape shape;
  private final LinkProxies proxies;
  private final ReservedPorts ports = new ReservedPorts(new DirectRoutes());
  private final Map<String, InetSocketAddress> advertised = new TreeMap<>();

  KafkaAddresses(ClusterShape shape, LinkProxies proxies) {
    this.shape = shape;
    this.proxies = proxies;
  }

  static boolean controller(int node) {
    return node >= FIRST_CONTROLLER;
  }

  static String name(int node) {
    return controller(node) ? ClusterShape.controllerName(node) : ClusterShape.brokerName(node);
  }

  List<Integer> brokers() {
    List<Integer> ids = new ArrayList<>();
    for (int id = 1; id <= shape.brokers(); id++) {
      ids.add(id);
    }
    return ids;
  }

  List<Integer> controllers() {
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < shape.controllers(); i++) {
      ids.add(FIRST_CONTROLLER + i);
    }
    return ids;
  }

  List<Integer> nodes() {
    List<Integer> ids = controllers();
    ids.addAll(brokers());
    return ids;
  }

  /** Where clients find a broker: behind the clients' proxy. */
  String client(int broker) {
    return text(through(ProxiedRoutes.CLIENTS, broker, CLIENT));
  }

  String clientReal(int broker) {
    return text(real(broker, CLIENT));
  }

  /** Where only the harness asks: no fault is ever between. */
  String admin(int broker) {
    return text(real(broker, ADMIN));
  }

  /** The address of the listener that {@code to} keeps for {@code from}. */
  String realFrom(int from, int to) {
    return text(real(to, SOURCES + from));
  }

  /** Where {@code from} is told to find it. */
  String linkFrom(int from, int to) {
    return from == to ? realFrom(from, to) : text(through(name(from), to, SOURCES + from));
  }

  /** The one listener of a controller that all sources share, up to Kafka 3.8. */
  String sharedReal(int controller) {
    return text(real(controller, SOURCES));
  }

  String sharedLink(int from, int controller) {
    return from == controller
        ? sharedReal(controller)
        : text(through(name(from), controller, SOURCES));
  }

  private InetSocketAddress real(int node, int purpose) {
    return ports.address(name(node), purpose);
  }

  private synchronized InetSocketAddress through(String from, int to, int purpose) {
    return advertised.computeIfAbsent(
        from + " " + to + " " + purpose, link -> proxies.proxy(from, name(to), real(to, purpose)));
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  @Override
  public void close() {
    ports.close();
  }
}
