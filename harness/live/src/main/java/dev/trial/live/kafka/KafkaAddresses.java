package dev.trial.live.kafka;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.live.machine.ProxiedRoutes;
import java.util.ArrayList;
import java.util.List;

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
  private final KafkaHosting hosting;

  KafkaAddresses(ClusterShape shape, KafkaHosting hosting) {
    this.shape = shape;
    this.hosting = hosting;
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
    return hosting.through(ProxiedRoutes.CLIENTS, name(broker), CLIENT);
  }

  String clientBound(int broker) {
    return hosting.bound(name(broker), CLIENT);
  }

  /** Where only the harness asks: no fault is ever between. */
  String admin(int broker) {
    return hosting.direct(name(broker), ADMIN);
  }

  String adminBound(int broker) {
    return hosting.bound(name(broker), ADMIN);
  }

  /** What the listener that {@code to} keeps for {@code from} binds. */
  String boundFrom(int from, int to) {
    return hosting.bound(name(to), SOURCES + from);
  }

  /** Where {@code from} is told to find it. */
  String linkFrom(int from, int to) {
    return hosting.through(name(from), name(to), SOURCES + from);
  }

  /** The one listener of a controller that all sources share, up to Kafka 3.8. */
  String sharedBound(int controller) {
    return hosting.bound(name(controller), SOURCES);
  }

  String sharedLink(int from, int controller) {
    return hosting.through(name(from), name(controller), SOURCES);
  }

  @Override
  public void close() {
    hosting.close();
  }
}
