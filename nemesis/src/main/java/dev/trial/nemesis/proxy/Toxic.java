package dev.trial.nemesis.proxy;

import dev.trial.core.json.Nearest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One toxic of a proxy. {@code latency, bandwidth, slow_close, timeout, slicer, limit_data,
 * reset_peer} as in Toxiproxy; {@code cut} and the {@code kafka_*} ones are ours.
 *
 * @param stream upstream (towards the server) or downstream
 * @param toxicity probability that a connection is affected
 * @param attributes numbers and texts by name
 * @param left how many messages a {@code kafka_*} toxic may still hit
 */
record Toxic(
    String name,
    String type,
    String stream,
    double toxicity,
    Map<String, String> attributes,
    AtomicInteger left) {
  static final String UPSTREAM = "upstream";
  static final String DOWNSTREAM = "downstream";

  private static final List<String> TYPES =
      List.of(
          "latency",
          "bandwidth",
          "slow_close",
          "timeout",
          "slicer",
          "limit_data",
          "reset_peer",
          "cut",
          "kafka_drop",
          "kafka_delay",
          "kafka_refuse",
          "kafka_freeze");

  Toxic {
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException(Nearest.explain("toxic type", type, TYPES));
    }
    if (!stream.equals(UPSTREAM) && !stream.equals(DOWNSTREAM)) {
      throw new IllegalArgumentException(
          Nearest.explain("stream", stream, List.of(UPSTREAM, DOWNSTREAM)));
    }
    attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  static Toxic of(
      String name, String type, String stream, double toxicity, Map<String, String> attributes) {
    int count = Integer.parseInt(attributes.getOrDefault("count", "0"));
    return new Toxic(name, type, stream, toxicity, attributes, new AtomicInteger(count));
  }

  boolean is(String wanted) {
    return type.equals(wanted);
  }

  long number(String attribute) {
    return Long.parseLong(attributes.getOrDefault(attribute, "0"));
  }

  String text(String attribute) {
    return attributes.getOrDefault(attribute, "");
  }

  /** Takes one of the messages it may hit; false when there is none left. */
  boolean take() {
    return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
  }
}
