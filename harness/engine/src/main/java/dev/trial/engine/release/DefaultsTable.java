package dev.trial.engine.release;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Defaults that carry a promise, by version, as Markdown tables and JSON: what producers promise
 * about loss, duplicates and order, how consumers begin, share and commit, and what brokers make of
 * it.
 */
public final class DefaultsTable {
  private static final List<String> PRODUCER =
      List.of(
          "acks",
          "enable.idempotence",
          "max.in.flight.requests.per.connection",
          "retries",
          "delivery.timeout.ms",
          "linger.ms");
  private static final List<String> CONSUMER =
      List.of(
          "group.protocol",
          "partition.assignment.strategy",
          "session.timeout.ms",
          "max.poll.interval.ms",
          "enable.auto.commit",
          "auto.offset.reset",
          "isolation.level");
  private static final List<String> BROKER =
      List.of(
          "min.insync.replicas",
          "unclean.leader.election.enable",
          "replica.lag.time.max.ms",
          "log.flush.interval.messages",
          "log.retention.hours",
          "offsets.retention.minutes",
          "transactional.id.expiration.ms",
          "producer.id.expiration.ms",
          "transaction.partition.verification.enable",
          "group.coordinator.rebalance.protocols",
          "group.consumer.migration.policy",
          "group.consumer.session.timeout.ms",
          "group.share.delivery.count.limit");

  /** The form of the JSON. */
  private static final int VERSION = 1;

  /** Where the release has no such setting. */
  private static final String UNKNOWN = "–";

  private DefaultsTable() {}

  /** The lines of the clients' table; {@code releases} in the order of its columns. */
  public static List<String> clients(List<Release<ClientDefaults>> releases) {
    List<String> titles = new ArrayList<>();
    PRODUCER.forEach(name -> titles.add("producer: " + name));
    CONSUMER.forEach(name -> titles.add("consumer: " + name));
    return table(titles, releases.stream().map(DefaultsTable::told).toList(), versions(releases));
  }

  /** The lines of the brokers' table, likewise. */
  public static List<String> brokers(List<Release<BrokerDefaults>> releases) {
    return table(
        BROKER,
        releases.stream().map(each -> each.defaults().broker()).toList(),
        versions(releases));
  }

  /** An object a release of clients; a setting that it does not know is missing. */
  public static List<ObjectNode> clientsJson(List<Release<ClientDefaults>> releases) {
    return releases.stream().map(DefaultsTable::json).toList();
  }

  /** The same of brokers. */
  public static List<ObjectNode> brokersJson(List<Release<BrokerDefaults>> releases) {
    return releases.stream()
        .map(
            each -> {
              ObjectNode line = line("broker", each.version());
              put(line.putObject("settings"), BROKER, each.defaults().broker());
              return line;
            })
        .toList();
  }

  private static ObjectNode json(Release<ClientDefaults> release) {
    ObjectNode line = line("client", release.version());
    put(line.putObject("producer"), PRODUCER, release.defaults().producer());
    put(line.putObject("consumer"), CONSUMER, release.defaults().consumer());
    return line;
  }

  private static ObjectNode line(String what, String version) {
    return JsonNodeFactory.instance.objectNode().put("version", VERSION).put(what, version);
  }

  private static void put(ObjectNode node, List<String> names, Map<String, String> told) {
    names.stream().filter(told::containsKey).forEach(name -> node.put(name, told.get(name)));
  }

  /** A version and what it tells. */
  public record Release<T>(String version, T defaults) {}

  private static Map<String, String> told(Release<ClientDefaults> release) {
    Map<String, String> told = new TreeMap<>();
    release.defaults().producer().forEach((name, value) -> told.put("producer: " + name, value));
    release.defaults().consumer().forEach((name, value) -> told.put("consumer: " + name, value));
    return told;
  }

  private static <T> List<String> versions(List<Release<T>> releases) {
    return releases.stream().map(Release::version).toList();
  }

  private static List<String> table(
      List<String> titles, List<? extends Map<String, String>> columns, List<String> versions) {
    List<String> lines = new ArrayList<>();
    lines.add(row("setting", versions));
    lines.add("|---".repeat(versions.size() + 1) + "|");
    for (String title : titles) {
      lines.add(
          row(title, columns.stream().map(told -> told.getOrDefault(title, UNKNOWN)).toList()));
    }
    return lines;
  }

  private static String row(String first, List<String> cells) {
    return "| " + first + " | " + String.join(" | ", cells) + " |";
  }
}
