package dev.trial.live.kafka;

import dev.trial.core.profile.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The text of a node's server.properties. */
final class ServerProperties {
  static final String TRANSACTION_VERSION = "transaction.version";
  static final String ELIGIBLE_VERSION = "eligible.leader.replicas.version";

  private final KafkaVersion version;
  private final KafkaAddresses addresses;
  private final Profile profile;

  ServerProperties(KafkaVersion version, KafkaAddresses addresses, Profile profile) {
    this.version = version;
    this.addresses = addresses;
    this.profile = profile;
  }

  String of(int node, String disk) {
    Map<String, String> lines = new TreeMap<>(DEFAULTS);
    String replicas = String.valueOf(Math.min(3, profile.shape().brokers()));
    lines.put("offsets.topic.replication.factor", replicas);
    lines.put("transaction.state.log.replication.factor", replicas);
    lines.put("share.coordinator.state.topic.replication.factor", replicas);
    lines.putAll(profile.broker());
    lines.remove(TRANSACTION_VERSION);
    // A profile is one for all nodes: {id} stands for the node's own.
    lines.computeIfPresent("broker.rack", (name, rack) -> rack.replace("{id}", "" + node));
    lines.put("node.id", String.valueOf(node));
    lines.put("log.dirs", disk);
    lines.put("controller.quorum.voters", voters(node));
    if (KafkaAddresses.controller(node)) {
      controller(node, lines);
    } else {
      broker(node, lines);
    }
    return lines.entrySet().stream()
        .map(line -> line.getKey() + "=" + line.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /**
   * What the storage tool is told beside the settings: a feature level is no setting, it is chosen
   * when a cluster is formatted (KIP-1022). Before 4.0 there was none to choose.
   */
  List<String> formatFlags() {
    List<String> flags = new ArrayList<>();
    for (String feature : List.of(TRANSACTION_VERSION, ELIGIBLE_VERSION)) {
      String level = profile.broker().get(feature);
      if (level != null && version.atLeast(4, 0)) {
        flags.addAll(List.of("--feature", feature + "=" + level.trim()));
      }
    }
    return List.copyOf(flags);
  }

  /** Features that every cluster of this version is formatted with. */
  List<String> features() {
    return version.atLeast(4, 0)
        ? List.of("metadata.version", "group.version")
        : List.of("metadata.version");
  }

  /** Small internal topics; nothing else is changed that a claim could depend on. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "auto.create.topics.enable", "false",
          "log.cleaner.dedupe.buffer.size", "4194304",
          "group.initial.rebalance.delay.ms", "0",
          "offsets.topic.num.partitions", "3",
          "transaction.state.log.num.partitions", "3",
          "share.coordinator.state.topic.num.partitions", "3",
          "num.io.threads", "4",
          "num.network.threads", "2",
          "metadata.log.max.record.bytes.between.snapshots", "1073741824");

  private String voters(int node) {
    return addresses.controllers().stream()
        .map(each -> each + "@" + quorumAddress(node, each))
        .collect(Collectors.joining(","));
  }

  private String quorumAddress(int from, int controller) {
    return version.controllerListenerPerSource()
        ? addresses.linkFrom(from, controller)
        : addresses.sharedLink(from, controller);
  }

  private void broker(int node, Map<String, String> lines) {
    StringBuilder listeners = new StringBuilder();
    StringBuilder advertised = new StringBuilder();
    listeners.append("CLIENT://").append(addresses.clientBound(node));
    listeners.append(",ADMIN://").append(addresses.adminBound(node));
    advertised.append("CLIENT://").append(addresses.client(node));
    advertised.append(",ADMIN://").append(addresses.admin(node));
    for (int from : addresses.brokers()) {
      listeners.append(",FROM_" + from + "://").append(addresses.boundFrom(from, node));
      advertised.append(",FROM_" + from + "://").append(addresses.linkFrom(from, node));
    }
    lines.put("process.roles", "broker");
    lines.put("listeners", listeners.toString());
    lines.put("advertised.listeners", advertised.toString());
    lines.put("inter.broker.listener.name", "FROM_" + node);
    String control = controllerListener(node);
    lines.put("controller.listener.names", control);
    lines.put("listener.security.protocol.map", plaintext(listeners + "," + control + "://"));
  }

  private void controller(int node, Map<String, String> lines) {
    lines.put("process.roles", "controller");
    if (!version.controllerListenerPerSource()) {
      lines.put("listeners", "CTRL://" + addresses.sharedBound(node));
      lines.put("controller.listener.names", "CTRL");
      lines.put("listener.security.protocol.map", "CTRL:PLAINTEXT");
      return;
    }
    List<Integer> sources = addresses.nodes();
    sources.remove(Integer.valueOf(node));
    sources.add(0, node); // a node's first controller listener is the one it looks for elsewhere
    lines.put("listeners", joined(sources, from -> addresses.boundFrom(from, node)));
    lines.put("advertised.listeners", joined(sources, from -> addresses.linkFrom(from, node)));
    lines.put(
        "controller.listener.names",
        sources.stream().map(this::controllerListener).collect(Collectors.joining(",")));
    lines.put("listener.security.protocol.map", plaintext(lines.get("listeners")));
  }

  private String joined(List<Integer> sources, IntFunction<String> address) {
    return sources.stream()
        .map(from -> controllerListener(from) + "://" + address.apply(from))
        .collect(Collectors.joining(","));
  }

  private String controllerListener(int from) {
    return version.controllerListenerPerSource() ? "CTRL_" + from : "CTRL";
  }

  private static String plaintext(String listeners) {
    return Arrays.stream(listeners.split(","))
        .map(listener -> listener.substring(0, listener.indexOf("://")) + ":PLAINTEXT")
        .collect(Collectors.joining(","));
  }
}
