package dev.trial.app.live.answers;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;

/** CreateTopics, DeleteTopics. */
final class TopicQuestions {
  private static final int TIMEOUT_MS = 10_000;

  private TopicQuestions() {}

  static void add(Table table) {
    names(table);
    counts(table);
    assignments(table);
    configs(table);
    deletions(table);
  }

  private static void names(Table table) {
    for (int version : new int[] {2, 5, 7}) {
      table.ask(
          "CreateTopics of bad names v" + version,
          version,
          create(
              topic("", 1, 1),
              topic(".", 1, 1),
              topic("..", 1, 1),
              topic("a b", 1, 1),
              topic("ä", 1, 1),
              topic(MetadataQuestions.TOO_LONG, 1, 1),
              topic("orders", 1, 1)));
    }
    table.ask(
        "CreateTopics twice v7",
        7,
        create(topic("twice", 1, 1), topic("twice", 2, 1), topic("once", 1, 1)));
    table.ask("CreateTopics of a name that collides v7", 7, create(topic("or_ders.a", 1, 1)));
    table.ask("CreateTopics of names that collide v7", 7, create(topic("or.ders_a", 1, 1)));
    table.ask("CreateTopics of the metadata log v7", 7, create(topic("__cluster_metadata", 1, 1)));
    table.ask("CreateTopics of nothing v7", 7, create());
    for (int timeoutMs : new int[] {0, -1}) {
      table.ask(
          "CreateTopics within " + timeoutMs + " ms v7",
          7,
          create(topic("late", 1, 1), topic("a b", 1, 1)).setTimeoutMs(timeoutMs));
    }
    table.ask(
        "CreateTopics twice within -1 ms v7",
        7,
        create(topic("twice", 1, 1), topic("twice", 2, 1)).setTimeoutMs(-1));
  }

  private static void counts(Table table) {
    for (int partitions : new int[] {0, -2, 10_001}) {
      table.ask(
          "CreateTopics of " + partitions + " partitions v7",
          7,
          create(topic("count", partitions, 1)).setValidateOnly(true));
    }
    for (int factor : new int[] {0, -2, 4}) {
      table.ask(
          "CreateTopics of " + factor + " replicas v7", 7, create(topic("factor", 1, factor)));
    }
    table.ask(
        "CreateTopics of defaults v7", 7, create(topic("defaults", -1, -1)).setValidateOnly(true));
  }

  private static void assignments(Table table) {
    assigned(table, "and counts", 2, 1, of(0, 1));
    assigned(table, "and a count of partitions", 1, -1, of(0, 1));
    assigned(table, "and a factor", -1, 1, of(0, 1));
    assigned(table, "with a hole", -1, -1, of(0, 1), of(2, 2));
    assigned(table, "without the first", -1, -1, of(1, 1));
    assigned(table, "negative", -1, -1, of(-1, 1));
    assigned(table, "to a broker twice", -1, -1, of(0, 1, 1));
    assigned(table, "to an unknown broker", -1, -1, of(0, 1, 9));
    assigned(table, "to a negative broker", -1, -1, of(0, -1));
    assigned(table, "to nobody", -1, -1, of(0));
    assigned(table, "of different sizes", -1, -1, of(0, 1, 2), of(1, 1));
    assigned(table, "that is sound", -1, -1, of(0, 1, 2), of(1, 2, 3));
  }

  private static void assigned(
      Table table, String what, int count, int factor, CreatableReplicaAssignment... assigned) {
    CreatableTopic topic = topic("assigned", count, factor);
    topic.assignments().addAll(List.of(assigned));
    table.ask("CreateTopics assigned " + what + " v7", 7, create(topic).setValidateOnly(true));
  }

  private static CreatableReplicaAssignment of(int partition, Integer... brokers) {
    return new CreatableReplicaAssignment()
        .setPartitionIndex(partition)
        .setBrokerIds(Arrays.asList(brokers));
  }

  private static void configs(Table table) {
    configured(table, "unknown", config("no.such.config", "1"));
    configured(table, "null", config("retention.ms", null));
    configured(table, "null list", config("cleanup.policy", null));
    configured(table, "no number", config("retention.ms", "soon"));
    configured(table, "too small", config("max.message.bytes", "-1"));
    configured(table, "segments too small", config("segment.bytes", "1"));
    configured(table, "no policy", config("cleanup.policy", "keep"));
    configured(table, "an empty list", config("cleanup.policy", ""));
    configured(table, "no flag", config("unclean.leader.election.enable", "maybe"));
    configured(table, "no type", config("compression.type", "rar"));
    configured(table, "a ratio above 1", config("min.cleanable.dirty.ratio", "2"));
    configured(
        table,
        "min above max lag",
        config("min.compaction.lag.ms", "9"),
        config("max.compaction.lag.ms", "8"));
    configured(table, "remote storage", config("remote.storage.enable", "true"));
    configured(table, "two errors", config("retention.ms", "soon"), config("no.such.config", "1"));
    for (int version : new int[] {4, 5, 7}) {
      CreatableTopic topic = topic("described" + version, 2, 2);
      topic.configs().add(config("retention.ms", "12345"));
      topic.configs().add(config("min.insync.replicas", "2"));
      table.ask("CreateTopics that succeeds v" + version, version, create(topic));
    }
  }

  private static void configured(Table table, String what, CreatableTopicConfig... configs) {
    CreatableTopic topic = topic("configured", 1, 1);
    topic.configs().addAll(List.of(configs));
    table.ask("CreateTopics configured " + what + " v7", 7, create(topic).setValidateOnly(true));
  }

  static CreatableTopicConfig config(String name, String value) {
    return new CreatableTopicConfig().setName(name).setValue(value);
  }

  static CreateTopicsRequestData create(CreatableTopic... topics) {
    CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(TIMEOUT_MS);
    request.topics().addAll(List.of(topics));
    return request;
  }

  static CreatableTopic topic(String name, int partitions, int replicas) {
    return new CreatableTopic()
        .setName(name)
        .setNumPartitions(partitions)
        .setReplicationFactor((short) replicas);
  }

  private static void deletions(Table table) {
    for (int version : new int[] {1, 4, 5}) {
      table.ask(
          "DeleteTopics of bad names v" + version,
          version,
          new DeleteTopicsRequestData()
              .setTimeoutMs(TIMEOUT_MS)
              .setTopicNames(List.of("", "a b", "no-such-topic", "__cluster_metadata")));
    }
    delete(table, "unknown", named("no-such-topic"));
    delete(table, "an unknown id", byId(new Uuid(1, 2)));
    delete(table, "neither", named(null));
    delete(table, "a name and an id", named("orders").setTopicId(new Uuid(1, 2)));
    delete(table, "nothing");
    delete(table, "unknown twice", named("no-such-topic"), named("no-such-topic"));
    delete(table, "an unknown id twice", byId(new Uuid(1, 2)), byId(new Uuid(1, 2)));
    delete(table, "one twice", named("once"), named("once"));
    table.ask(
        "DeleteTopics by name and by id v6",
        6,
        scene -> 1,
        scene -> deletion(named(Scene.ORDERS), byId(scene.id(Scene.ORDERS))));
    delete(table, "one that goes", named("or_ders.a"));
    table.ask(
        "DeleteTopics within -1 ms v6",
        6,
        deletion(named(Scene.ORDERS), named(null)).setTimeoutMs(-1));
    table.ask("DeleteTopics of neither within -1 ms v6", 6, deletion(named(null)).setTimeoutMs(-1));
  }

  private static void delete(Table table, String what, DeleteTopicState... topics) {
    table.ask("DeleteTopics of " + what + " v6", 6, deletion(topics));
  }

  private static DeleteTopicsRequestData deletion(DeleteTopicState... topics) {
    return new DeleteTopicsRequestData().setTimeoutMs(TIMEOUT_MS).setTopics(List.of(topics));
  }

  private static DeleteTopicState named(String name) {
    return new DeleteTopicState().setName(name);
  }

  private static DeleteTopicState byId(Uuid id) {
    return new DeleteTopicState().setName(null).setTopicId(id);
  }
}
