package dev.trial.app.live.answers;

import static dev.trial.app.live.answers.ConfigQuestions.BROKER;
import static dev.trial.app.live.answers.ConfigQuestions.GROUP;
import static dev.trial.app.live.answers.ConfigQuestions.LOGGER;
import static dev.trial.app.live.answers.ConfigQuestions.METRICS;
import static dev.trial.app.live.answers.ConfigQuestions.TOPIC;

import java.util.List;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;

/** IncrementalAlterConfigs. */
final class ConfigChangeQuestions {
  private static final int SET = 0;
  private static final int DELETE = 1;
  private static final int APPEND = 2;
  private static final int SUBTRACT = 3;

  private ConfigChangeQuestions() {}

  static void add(Table table) {
    whom(table);
    values(table);
    operations(table);
    brokers(table);
    groups(table);
  }

  private static void whom(Table table) {
    AlterableConfig retention = op(SET, "retention.ms", "9000");
    alter(table, "an unknown topic", resource(TOPIC, "no-such-topic", retention));
    alter(table, "a topic without name", resource(TOPIC, "", retention));
    alter(table, "a bad topic name", resource(TOPIC, "a b", retention));
    alter(table, "an unknown broker", resource(BROKER, "9", op(SET, "log.retention.ms", "9000")));
    alter(
        table,
        "a broker that is no number",
        resource(BROKER, "one", op(SET, "log.retention.ms", "9")));
    alter(table, "a negative broker", resource(BROKER, "-1", op(SET, "log.retention.ms", "9")));
    for (int kind : new int[] {0, 3, 99}) {
      alter(table, "kind " + kind, resource((byte) kind, "x", retention));
    }
    alter(
        table,
        "a group without name",
        resource(GROUP, "", op(SET, "consumer.session.timeout.ms", "50000")));
    alter(table, "no metrics", resource(METRICS, "", op(SET, "interval.ms", "1000")));
    alter(table, "a logger of another broker", resource(LOGGER, "9", op(SET, "kafka", "INFO")));
    alter(
        table,
        "a topic twice",
        resource(TOPIC, Scene.ORDERS, retention),
        resource(TOPIC, Scene.ORDERS, op(SET, "segment.ms", "9000")),
        resource(TOPIC, Scene.COMPACTED, op(SET, "segment.ms", "9000")));
    alter(table, "nothing of a topic", resource(TOPIC, Scene.ORDERS));
  }

  private static void values(Table table) {
    topic(table, "unknown", op(SET, "no.such.config", "1"));
    topic(table, "unknown away", op(DELETE, "no.such.config", null));
    topic(table, "null", op(SET, "retention.ms", null));
    topic(table, "no number", op(SET, "retention.ms", "soon"));
    topic(table, "too small", op(SET, "min.insync.replicas", "0"));
    topic(table, "no policy", op(SET, "cleanup.policy", "keep"));
    topic(table, "no flag", op(SET, "unclean.leader.election.enable", "maybe"));
    topic(table, "segments too small", op(SET, "segment.bytes", "1"));
    topic(table, "one twice", op(SET, "retention.ms", "9000"), op(SET, "retention.ms", "8000"));
    topic(table, "one and away", op(SET, "retention.ms", "9000"), op(DELETE, "retention.ms", null));
    topic(table, "one good one bad", op(SET, "retention.ms", "9000"), op(SET, "segment.ms", "x"));
    topic(table, "an empty name", op(SET, "", "9000"));
  }

  private static void operations(Table table) {
    for (int bad : new int[] {4, 7, -1}) {
      topic(table, "operation " + bad, op(bad, "retention.ms", "9000"));
    }
    topic(table, "append to a number", op(APPEND, "retention.ms", "9000"));
    topic(table, "subtract from a number", op(SUBTRACT, "retention.ms", "9000"));
    topic(table, "append", op(APPEND, "cleanup.policy", "compact"));
    topic(table, "append what is there", op(APPEND, "cleanup.policy", "delete"));
    topic(table, "append what is bad", op(APPEND, "cleanup.policy", "keep"));
    topic(table, "append null", op(APPEND, "cleanup.policy", null));
    topic(table, "subtract", op(SUBTRACT, "cleanup.policy", "compact"));
    topic(table, "subtract all", op(SUBTRACT, "cleanup.policy", "delete"));
    topic(table, "append to the unknown", op(APPEND, "no.such.config", "1"));
  }

  private static void brokers(Table table) {
    for (String readOnly :
        new String[] {
          "node.id",
          "broker.id",
          "log.dirs",
          "num.partitions",
          "offsets.topic.num.partitions",
          "process.roles",
          "auto.create.topics.enable",
          "broker.rack"
        }) {
      broker(table, "1", readOnly, op(SET, readOnly, "1"));
      broker(table, "", readOnly, op(SET, readOnly, "1"));
    }
    broker(table, "1", "node.id away", op(DELETE, "node.id", null));
    broker(table, "1", "unknown", op(SET, "no.such.config", "1"));
    broker(table, "", "unknown", op(SET, "no.such.config", "1"));
    broker(table, "1", "a listener for all", op(SET, "ssl.keystore.location", "x"));
    broker(table, "", "a listener for all", op(SET, "ssl.keystore.location", "x"));
    broker(table, "1", "no number", op(SET, "log.retention.ms", "soon"));
    broker(table, "", "no number", op(SET, "log.retention.ms", "soon"));
    broker(table, "1", "null", op(SET, "log.retention.ms", null));
    broker(table, "1", "no flag", op(SET, "unclean.leader.election.enable", "maybe"));
    broker(table, "1", "no policy", op(SET, "log.cleanup.policy", "keep"));
    broker(table, "1", "too small", op(SET, "min.insync.replicas", "0"));
    broker(table, "1", "operation 7", op(7, "log.retention.ms", "9"));
    broker(table, "1", "append to a number", op(APPEND, "log.retention.ms", "9"));
    broker(table, "1", "append", op(APPEND, "log.cleanup.policy", "compact"));
    broker(
        table,
        "1",
        "one twice",
        op(SET, "log.retention.ms", "9"),
        op(SET, "log.retention.ms", "8"));
    broker(table, "1", "sound", op(SET, "log.retention.ms", "9000"));
    broker(table, "", "sound", op(SET, "message.max.bytes", "9000"));
    broker(table, "1", "a topic's name", op(SET, "retention.ms", "9000"));
  }

  private static void groups(Table table) {
    group(table, "unknown", op(SET, "no.such.config", "1"));
    group(table, "null", op(SET, "consumer.session.timeout.ms", null));
    group(table, "no number", op(SET, "consumer.session.timeout.ms", "soon"));
    group(table, "too small", op(SET, "consumer.session.timeout.ms", "1"));
    group(table, "too large", op(SET, "consumer.session.timeout.ms", "99999999"));
    group(table, "a heartbeat too small", op(SET, "consumer.heartbeat.interval.ms", "1"));
    group(table, "a heartbeat too large", op(SET, "consumer.heartbeat.interval.ms", "99999999"));
    group(table, "operation 7", op(7, "consumer.session.timeout.ms", "50000"));
    group(table, "append", op(APPEND, "consumer.session.timeout.ms", "50000"));
    group(table, "sound", op(SET, "consumer.session.timeout.ms", "50000"));
  }

  private static void topic(Table table, String what, AlterableConfig... configs) {
    alter(table, "a topic: " + what, resource(TOPIC, Scene.ORDERS, configs));
  }

  private static void broker(Table table, String id, String what, AlterableConfig... configs) {
    String whom = id.isEmpty() ? "all brokers: " : "a broker: ";
    alter(table, whom + what, resource(BROKER, id, configs));
  }

  private static void group(Table table, String what, AlterableConfig... configs) {
    alter(table, "a group: " + what, resource(GROUP, "some-group", configs));
  }

  private static void alter(Table table, String what, AlterConfigsResource... resources) {
    IncrementalAlterConfigsRequestData request =
        new IncrementalAlterConfigsRequestData().setValidateOnly(true);
    request.resources().addAll(List.of(resources));
    table.ask("IncrementalAlterConfigs of " + what + " v1", 1, request);
  }

  private static AlterConfigsResource resource(byte kind, String name, AlterableConfig... configs) {
    AlterConfigsResource resource =
        new AlterConfigsResource().setResourceType(kind).setResourceName(name);
    resource.configs().addAll(List.of(configs));
    return resource;
  }

  private static AlterableConfig op(int operation, String name, String value) {
    return new AlterableConfig().setName(name).setValue(value).setConfigOperation((byte) operation);
  }
}
