package dev.trial.app.live.answers;

import java.util.List;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;

/** DescribeConfigs. */
final class ConfigQuestions {
  static final byte TOPIC = 2;
  static final byte BROKER = 4;
  static final byte LOGGER = 8;
  static final byte METRICS = 16;
  static final byte GROUP = 32;

  private static final List<String> OF_TOPICS =
      List.of("retention.ms", "min.insync.replicas", "cleanup.policy", "segment.bytes");
  private static final List<String> OF_BROKERS =
      List.of(
          "offsets.topic.num.partitions",
          "min.insync.replicas",
          "num.partitions",
          "log.retention.ms",
          "log.retention.hours",
          "log.cleanup.policy",
          "message.max.bytes",
          "unclean.leader.election.enable",
          "group.consumer.session.timeout.ms",
          "node.id",
          "no.such.config");

  private ConfigQuestions() {}

  static void add(Table table) {
    describe(table, "an unknown topic", TOPIC, "no-such-topic");
    describe(table, "a topic without name", TOPIC, "");
    describe(table, "a bad topic name", TOPIC, "a b");
    describe(table, "an unknown broker", BROKER, "9");
    describe(table, "a broker that is no number", BROKER, "one");
    describe(table, "another broker", BROKER, "2");
    describe(table, "a group without name", GROUP, "");
    describe(table, "a group", GROUP, "no-such-group", "consumer.session.timeout.ms");
    describe(table, "unknown kinds 0", (byte) 0, "x");
    describe(table, "unknown kinds 3", (byte) 3, "x");
    describe(table, "unknown kinds 99", (byte) 99, "x");
    describe(table, "no metrics", METRICS, "");
    describe(table, "a logger of another broker", LOGGER, "9");
    for (int version : new int[] {1, 3, 4}) {
      sources(table, "a topic", version, TOPIC, Scene.ORDERS, OF_TOPICS);
      sources(table, "a broker", version, BROKER, "1", OF_BROKERS);
      sources(table, "all brokers", version, BROKER, "", OF_BROKERS);
    }
    table.ask(
        "DescribeConfigs of a topic twice v4",
        4,
        request(
            resource(TOPIC, Scene.ORDERS, List.of("retention.ms")),
            resource(TOPIC, Scene.ORDERS, List.of("segment.ms"))));
  }

  private static void describe(Table table, String what, byte kind, String name, String... keys) {
    List<String> asked = keys.length == 0 ? null : List.of(keys);
    table.ask("DescribeConfigs of " + what + " v4", 4, request(resource(kind, name, asked)));
  }

  private static void sources(
      Table table, String what, int version, byte kind, String name, List<String> keys) {
    table.ask(
        "DescribeConfigs of " + what + " with its sources v" + version,
        version,
        request(resource(kind, name, keys)).setIncludeSynonyms(true));
  }

  private static DescribeConfigsRequestData request(DescribeConfigsResource... resources) {
    return new DescribeConfigsRequestData().setResources(List.of(resources));
  }

  private static DescribeConfigsResource resource(byte kind, String name, List<String> keys) {
    return new DescribeConfigsResource()
        .setResourceType(kind)
        .setResourceName(name)
        .setConfigurationKeys(keys);
  }
}
