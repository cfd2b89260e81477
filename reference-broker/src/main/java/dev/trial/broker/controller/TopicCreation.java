package dev.trial.broker.controller;

import dev.trial.broker.metadata.ConfigOrigin;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.ConfigChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigScope;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.MetadataRecord.TopicCreated;
import dev.trial.broker.metadata.TopicConfigRules;
import dev.trial.broker.metadata.TopicConfigs;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/**
 * CreateTopics (KIP-4, KIP-525), with the checks of ControllerApis.createTopics and
 * ReplicationControlManager.createTopics in their order. Each topic is decided by itself.
 */
final class TopicCreation {
  private static final int DEFAULT = -1;

  /** ReplicationControlManager.MAX_PARTITIONS_PER_BATCH. */
  static final int PARTITIONS_MAX = 10_000;

  private final ControlState state;
  private final ReplicaPlacement placement;
  private final RandomStream random;

  TopicCreation(ControlState state, ReplicaPlacement placement, RandomStream random) {
    this.state = state;
    this.placement = placement;
    this.random = random;
  }

  /**
   * @throws PolicyViolationException if all topics together have too many partitions
   */
  Decision create(CreateTopicsRequestData request) {
    Set<String> once = new LinkedHashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    request.topics().forEach(topic -> (once.add(topic.name()) ? once : twice).add(topic.name()));
    Set<String> sound = new LinkedHashSet<>(once);
    sound.removeAll(twice);
    sound.remove(Topic.CLUSTER_METADATA_TOPIC_NAME);
    if (!sound.isEmpty()) {
      RequestDeadline.check(request.timeoutMs());
    }
    checkTotal(request, twice);
    List<MetadataRecord> records = new ArrayList<>();
    CreateTopicsResponseData response = new CreateTopicsResponseData();
    for (CreatableTopic topic : request.topics()) {
      if (!twice.contains(topic.name())) {
        response.topics().add(create(topic, request.validateOnly() ? new ArrayList<>() : records));
      }
    }
    for (String name : twice) {
      response.topics().add(refused(name, new InvalidRequestException("Duplicate topic name.")));
    }
    return new Decision(records, response);
  }

  private void checkTotal(CreateTopicsRequestData request, Set<String> twice) {
    long total = 0;
    for (CreatableTopic topic : request.topics()) {
      boolean counted = !twice.contains(topic.name());
      int assigned = topic.assignments().size();
      total += counted ? (assigned > 0 ? assigned : Math.max(0, partitions(topic))) : 0;
    }
    if (total > PARTITIONS_MAX) {
      throw new PolicyViolationException("Excessively large number of partitions per request.");
    }
  }

  private int partitions(CreatableTopic topic) {
    return topic.numPartitions() == DEFAULT
        ? (int) state.settings().number("num.partitions", 1)
        : topic.numPartitions();
  }

  private int factor(CreatableTopic topic) {
    return topic.replicationFactor() == DEFAULT
        ? (int) state.settings().number("default.replication.factor", 1)
        : topic.replicationFactor();
  }

  private static CreatableTopicResult refused(String name, ApiException why) {
    ApiError error = ApiError.fromThrowable(why);
    return new CreatableTopicResult()
        .setName(name)
        .setErrorCode(error.error().code())
        .setErrorMessage(error.message());
  }

  private CreatableTopicResult create(CreatableTopic topic, List<MetadataRecord> records) {
    try {
      checkName(topic.name());
      Map<String, String> configs = new TreeMap<>();
      topic.configs().forEach(config -> configs.put(config.name(), config.value()));
      TopicConfigRules.check(configs, state.settings());
      List<List<Integer>> replicas = replicas(topic);
      CreatableTopicResult result = new CreatableTopicResult().setName(topic.name());
      record(topic, replicas, result, records);
      describe(configs, result);
      return result;
    } catch (ApiException refusal) {
      return refused(topic.name(), refusal);
    }
  }

  private void checkName(String name) {
    if (name.equals(Topic.CLUSTER_METADATA_TOPIC_NAME)) {
      throw new InvalidRequestException("Creation of internal topic " + name + " is prohibited.");
    }
    if (state.image().topics().containsKey(name)) {
      throw new TopicExistsException("Topic '" + name + "' already exists.");
    }
    Topic.validate(name);
    if (Topic.hasCollisionChars(name)) { // names of metrics do not tell '.' from '_'
      for (String other : state.image().topics().keySet()) {
        if (Topic.hasCollision(name, other)) {
          throw new InvalidTopicException(
              "Topic '" + name + "' collides with existing topic: " + other);
        }
      }
    }
  }

  private List<List<Integer>> replicas(CreatableTopic topic) {
    if (!topic.assignments().isEmpty()) {
      return assigned(topic);
    }
    if (topic.replicationFactor() < 1 && topic.replicationFactor() != DEFAULT) {
      throw new InvalidReplicationFactorException(
          "Replication factor must be larger than 0, or -1 to use the default value.");
    }
    if (topic.numPartitions() < 1 && topic.numPartitions() != DEFAULT) {
      throw new InvalidPartitionsException(
          "Number of partitions was set to an invalid non-positive value.");
    }
    try {
      return placement.place(0, partitions(topic), factor(topic));
    } catch (InvalidReplicationFactorException e) {
      throw new InvalidReplicationFactorException(
          "Unable to replicate the partition " + factor(topic) + " time(s): " + e.getMessage());
    }
  }

  private List<List<Integer>> assigned(CreatableTopic topic) {
    if (topic.replicationFactor() != DEFAULT) {
      throw notDefault("replication factor");
    }
    if (topic.numPartitions() != DEFAULT) {
      throw notDefault("numPartitions");
    }
    Map<Integer, List<Integer>> byPartition = new TreeMap<>();
    OptionalInt factor = OptionalInt.empty();
    for (CreatableReplicaAssignment assigned : topic.assignments()) {
      if (byPartition.containsKey(assigned.partitionIndex())) {
        throw new InvalidReplicaAssignmentException(
            "Found multiple manual partition assignments for partition "
                + assigned.partitionIndex());
      }
      placement.checkNew(assigned.partitionIndex(), assigned.brokerIds(), factor);
      factor = OptionalInt.of(assigned.brokerIds().size());
      byPartition.put(assigned.partitionIndex(), assigned.brokerIds());
    }
    for (int p = 0; p < byPartition.size(); p++) {
      if (!byPartition.containsKey(p)) {
        throw new InvalidReplicaAssignmentException(
            "partitions should be a consecutive 0-based integer sequence");
      }
    }
    return List.copyOf(byPartition.values());
  }

  private static InvalidRequestException notDefault(String what) {
    return new InvalidRequestException(
        "A manual partition assignment was specified, but " + what + " was not set to -1.");
  }

  private void record(
      CreatableTopic topic,
      List<List<Integer>> replicas,
      CreatableTopicResult result,
      List<MetadataRecord> records) {
    // The place in the log makes it unique: a rebooted controller may draw the same numbers again.
    Uuid id = new Uuid(random.nextLong(), (state.nextOffset() << 16) | records.size());
    records.add(new TopicCreated(topic.name(), id));
    topic
        .configs()
        .forEach(
            config ->
                records.add(
                    new ConfigChanged(
                        ConfigScope.TOPIC, topic.name(), config.name(), config.value())));
    for (int p = 0; p < replicas.size(); p++) {
      records.add(new PartitionChanged(id, placement.first(p, replicas.get(p))));
    }
    result
        .setTopicId(id)
        .setNumPartitions(replicas.size())
        .setReplicationFactor((short) replicas.get(0).size());
  }

  /** What the topic's settings are now (KIP-525). */
  private void describe(Map<String, String> own, CreatableTopicResult result) {
    TopicConfigs configs = TopicConfigs.ofNew(state.image(), own, state.settings());
    for (String name : TopicConfigs.names()) {
      List<ConfigOrigin> origins = configs.origins(name);
      ConfigSource source =
          origins.isEmpty() ? ConfigSource.DEFAULT_CONFIG : origins.get(0).source();
      result
          .configs()
          .add(
              new CreatableTopicConfigs()
                  .setName(name)
                  .setValue(configs.text(name))
                  .setConfigSource(source.id()));
    }
  }
}
