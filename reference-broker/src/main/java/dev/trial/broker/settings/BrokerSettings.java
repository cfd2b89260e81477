package dev.trial.broker.settings;

import java.util.Map;

/** A broker's settings by Kafka's own names; absent ones have Kafka 4.3's defaults. */
public final class BrokerSettings {
  private final Map<String, String> values;

  public BrokerSettings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** replica.lag.time.max.ms: a follower that did not catch up for so long leaves the ISR. */
  public long replicaLagTimeMaxMs() {
    return number("replica.lag.time.max.ms", 30_000);
  }

  /** replica.fetch.wait.max.ms. */
  public int replicaFetchWaitMaxMs() {
    return (int) number("replica.fetch.wait.max.ms", 500);
  }

  /** replica.fetch.backoff.ms. */
  public long replicaFetchBackoffMs() {
    return number("replica.fetch.backoff.ms", 1_000);
  }

  /** replica.socket.timeout.ms: how long a call to another broker may take. */
  public long replicaSocketTimeoutMs() {
    return number("replica.socket.timeout.ms", 30_000);
  }

  /** replica.high.watermark.checkpoint.interval.ms. */
  public long highWatermarkCheckpointIntervalMs() {
    return number("replica.high.watermark.checkpoint.interval.ms", 5_000);
  }

  /** broker.session.timeout.ms: a broker without heartbeat for so long is fenced. */
  public long brokerSessionTimeoutMs() {
    return number("broker.session.timeout.ms", 9_000);
  }

  /** broker.heartbeat.interval.ms. */
  public long brokerHeartbeatIntervalMs() {
    return number("broker.heartbeat.interval.ms", 2_000);
  }

  /** controller.quorum.election.timeout.ms. */
  public long quorumElectionTimeoutMs() {
    return number("controller.quorum.election.timeout.ms", 1_000);
  }

  /** controller.quorum.fetch.timeout.ms. */
  public long quorumFetchTimeoutMs() {
    return number("controller.quorum.fetch.timeout.ms", 2_000);
  }

  /** controller.quorum.request.timeout.ms. */
  public long quorumRequestTimeoutMs() {
    return number("controller.quorum.request.timeout.ms", 2_000);
  }

  /** request.timeout.ms for calls between nodes other than fetches. */
  public long requestTimeoutMs() {
    return number("request.timeout.ms", 30_000);
  }

  /** Any whole number by name. */
  public long number(String name, long otherwise) {
    String text = values.get(name);
    return text == null ? otherwise : Long.parseLong(text);
  }

  /** Any flag by name. */
  public boolean flag(String name, boolean otherwise) {
    String text = values.get(name);
    return text == null ? otherwise : Boolean.parseBoolean(text);
  }

  /** Any text by name. */
  public String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
