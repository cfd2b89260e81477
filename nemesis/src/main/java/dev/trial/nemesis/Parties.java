package dev.trial.nemesis;

import dev.trial.core.cluster.Cluster;
import dev.trial.core.cluster.ClusterShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Everybody who takes part in a run, by name: brokers, controllers, clients. */
final class Parties {
  private static final int FIRST_CONTROLLER = 101;

  private final Cluster cluster;
  private final ClientFaults clients;
  private final List<String> brokers;
  private final List<String> controllers;

  Parties(Cluster cluster, ClientFaults clients) {
    this.cluster = cluster;
    this.clients = clients;
    ClusterShape shape = cluster.shape();
    brokers = IntStream.rangeClosed(1, shape.brokers()).mapToObj(ClusterShape::brokerName).toList();
    controllers =
        IntStream.range(FIRST_CONTROLLER, FIRST_CONTROLLER + shape.controllers())
            .mapToObj(ClusterShape::controllerName)
            .toList();
  }

  List<String> brokers() {
    return brokers;
  }

  List<String> controllers() {
    return controllers;
  }

  List<String> nodes() {
    return joined(brokers, controllers);
  }

  List<String> clients() {
    return clients.names();
  }

  boolean isClient(String party) {
    return !isBroker(party) && !controllers.contains(party);
  }

  boolean isBroker(String party) {
    return brokers.contains(party);
  }

  boolean running(String party) {
    return isClient(party) ? clients.running(party) : cluster.running(party);
  }

  void kill(String party) {
    if (isClient(party)) {
      clients.kill(party);
    } else {
      cluster.kill(party);
    }
  }

  /** A client has nothing unflushed: for it, losing power is being killed. */
  void losePower(String party) {
    if (isClient(party)) {
      clients.kill(party);
    } else {
      cluster.losePower(party);
    }
  }

  void stop(String party) {
    if (isClient(party)) {
      clients.stop(party);
    } else {
      cluster.stop(party);
    }
  }

  void start(String party) {
    if (isClient(party)) {
      clients.restart(party);
    } else {
      cluster.start(party);
    }
  }

  void pause(String party) {
    if (isClient(party)) {
      clients.pause(party);
    } else {
      cluster.pause(party);
    }
  }

  void resume(String party) {
    if (isClient(party)) {
      clients.resume(party);
    } else {
      cluster.resume(party);
    }
  }

  @SafeVarargs
  static List<String> joined(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  static List<String> without(List<String> all, List<String> some) {
    return all.stream().filter(party -> !some.contains(party)).toList();
  }
}
