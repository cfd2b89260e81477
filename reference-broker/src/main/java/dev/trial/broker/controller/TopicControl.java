package dev.trial.broker.controller;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataRecord;
import dev.trial.broker.metadata.MetadataRecord.ConfigChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigScope;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.MetadataRecord.TopicCreated;
import dev.trial.broker.metadata.MetadataRecord.TopicDeleted;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.Errors;

/** Creating, deleting and widening topics. */
final class TopicControl {
  private static final int DEFAULT = -1;

  /** ReplicationControlManager.MAX_PARTITIONS_PER_BATCH: more have led to full heaps. */
  private static final int MAX_PARTITIONS_PER_REQUEST = 10_000;

  private final ControlState state;
  private final RandomStream random;

  TopicControl(ControlState state, RandomStream random) {
    this.state = state;
    this.random = random;
  }

  // ---- create

  Decision create(CreateTopicsRequestData request) {
    List<MetadataRecord> records = new ArrayList<>();
    CreateTopicsResponseData response = new CreateTopicsResponseData();
    Set<String> names = new TreeSet<>();
    boolean tooMany = partitions(request) > MAX_PARTITIONS_PER_REQUEST;
    for (CreatableTopic topic : request.topics()) {
      if (tooMany) {
        response.topics().add(excessive(topic));
        continue;
      }
      CreatableTopicResult result = new CreatableTopicResult().setName(topic.name());
      Errors error = names.add(topic.name()) ? check(topic) : Errors.INVALID_REQUEST;
      List<List<Integer>> replicas = error == Errors.NONE ? place(topic) : List.of();
      if (error == Errors.NONE && replicas.isEmpty()) {
        error = Errors.INVALID_REPLICATION_FACTOR;
      }
      if (error == Errors.NONE) {
        create(topic, replicas, result, request.validateOnly() ? new ArrayList<>() : records);
      } else {
        result.setErrorCode(error.code()).setErrorMessage(error.message());
      }
      response.topics().add(result);
    }
    return new Decision(records, response);
  }

  private long partitions(CreateTopicsRequestData request) {
    long partitions = 0;
    for (CreatableTopic topic : request.topics()) {
      if (!topic.assignments().isEmpty()) {
        partitions += topic.assignments().size();
      } else if (topic.numPartitions() == DEFAULT) {
        partitions += state.settings().number("num.partitions", 1);
      } else {
        partitions += Math.max(0, topic.numPartitions());
      }
    }
    return partitions;
  }

  private static CreatableTopicResult excessive(CreatableTopic topic) {
    return new CreatableTopicResult()
        .setName(topic.name())
        .setErrorCode(Errors.POLICY_VIOLATION.code())
        .setErrorMessage("Excessively large number of partitions per request.");
  }

  private Errors check(CreatableTopic topic) {
    if (!TopicNames.valid(topic.name())) {
      return Errors.INVALID_TOPIC_EXCEPTION;
    }
    if (state.image().topics().containsKey(topic.name())) {
      return Errors.TOPIC_ALREADY_EXISTS;
    }
    if (topic.assignments().isEmpty()
        && topic.numPartitions() < 1
        && topic.numPartitions() != DEFAULT) {
      return Errors.INVALID_PARTITIONS;
    }
    if (topic.replicationFactor() < 1 && topic.replicationFactor() != DEFAULT) {
      return Errors.INVALID_REPLICATION_FACTOR;
    }
    boolean configsValid =
        topic.configs().stream().allMatch(c -> ConfigControl.valid(c.name(), c.value()));
    return configsValid ? checkAssignment(topic) : Errors.INVALID_CONFIG;
  }

  private Errors checkAssignment(CreatableTopic topic) {
    for (CreatableReplicaAssignment assigned : topic.assignments()) {
      List<Integer> ids = assigned.brokerIds();
      boolean sound =
          !ids.isEmpty()
              && new LinkedHashSet<>(ids).size() == ids.size()
              && state.image().brokers().keySet().containsAll(ids)
              && assigned.partitionIndex() >= 0
              && assigned.partitionIndex() < topic.assignments().size()
              && topic.assignments().findAll(assigned.partitionIndex()).size() == 1;
      if (!sound) {
        return Errors.INVALID_REPLICA_ASSIGNMENT;
      }
    }
    return Errors.NONE;
  }

  private void create(
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
      records.add(new PartitionChanged(id, first(p, replicas.get(p))));
    }
    result
        .setTopicId(id)
        .setNumPartitions(replicas.size())
        .setReplicationFactor((short) replicas.get(0).size());
  }

  /** The in-sync set of a new partition are its active replicas, the first of them leads. */
  private PartitionState first(int partition, List<Integer> replicas) {
    List<Integer> inSync = replicas.stream().filter(state::active).toList();
    boolean led = !inSync.isEmpty();
    return new PartitionState(
        partition,
        replicas,
        led ? inSync : replicas.subList(0, 1),
        led ? inSync.get(0) : PartitionElection.NO_LEADER,
        0,
        0,
        led ? Election.FIRST : Election.LEADERLESS);
  }

  private List<List<Integer>> place(CreatableTopic topic) {
    List<List<Integer>> replicas = new ArrayList<>();
    if (!topic.assignments().isEmpty()) {
      for (int p = 0; p < topic.assignments().size(); p++) {
        replicas.add(topic.assignments().find(p).brokerIds());
      }
      return replicas;
    }
    int partitions =
        topic.numPartitions() == DEFAULT
            ? (int) state.settings().number("num.partitions", 1)
            : topic.numPartitions();
    int factor =
        topic.replicationFactor() == DEFAULT
            ? (int) state.settings().number("default.replication.factor", 1)
            : topic.replicationFactor();
    return place(0, partitions, factor);
  }

  /**
   * Round robin with rotating leaders from a random start; unfenced brokers come first
   * (StripedReplicaPlacer of 4.3.1). Empty if there are too few brokers.
   */
  private List<List<Integer>> place(int from, int to, int factor) {
    List<Integer> active = new ArrayList<>();
    List<Integer> fenced = new ArrayList<>();
    for (BrokerState broker : state.image().brokers().values()) {
      if (!broker.inControlledShutdown()) {
        (broker.fenced() ? fenced : active).add(broker.id());
      }
    }
    List<List<Integer>> replicas = new ArrayList<>();
    if (active.isEmpty() || factor > active.size() + fenced.size()) {
      return replicas;
    }
    int start = random.nextInt(active.size());
    for (int p = from; p < to; p++) {
      List<Integer> one = new ArrayList<>();
      for (int r = 0; r < Math.min(factor, active.size()); r++) {
        one.add(active.get((start + p + r) % active.size()));
      }
      one.addAll(fenced.subList(0, factor - one.size()));
      replicas.add(one);
    }
    return replicas;
  }

  // ---- delete

  Decision delete(DeleteTopicsRequestData request) {
    List<MetadataRecord> records = new ArrayList<>();
    DeleteTopicsResponseData response = new DeleteTopicsResponseData();
    Set<Uuid> deleted = new LinkedHashSet<>();
    for (String name : request.topicNames()) {
      response.responses().add(delete(name, Uuid.ZERO_UUID, deleted, records));
    }
    for (DeleteTopicState topic : request.topics()) {
      response.responses().add(delete(topic.name(), topic.topicId(), deleted, records));
    }
    return new Decision(records, response);
  }

  private DeletableTopicResult delete(
      String name, Uuid id, Set<Uuid> deleted, List<MetadataRecord> records) {
    DeletableTopicResult result = new DeletableTopicResult().setName(name).setTopicId(id);
    Optional<TopicState> topic =
        name != null
            ? Optional.ofNullable(state.image().topics().get(name))
            : state.image().topic(id);
    if (topic.isEmpty()) {
      Errors error = name != null ? Errors.UNKNOWN_TOPIC_OR_PARTITION : Errors.UNKNOWN_TOPIC_ID;
      return result.setErrorCode(error.code()).setErrorMessage(error.message());
    }
    if (!deleted.add(topic.get().id())) {
      return result.setErrorCode(Errors.INVALID_REQUEST.code());
    }
    records.add(new TopicDeleted(topic.get().id()));
    return result.setName(topic.get().name()).setTopicId(topic.get().id());
  }

  // ---- widen

  Decision createPartitions(CreatePartitionsRequestData request) {
    List<MetadataRecord> records = new ArrayList<>();
    CreatePartitionsResponseData response = new CreatePartitionsResponseData();
    for (CreatePartitionsTopic topic : request.topics()) {
      List<MetadataRecord> added = new ArrayList<>();
      Errors error = widen(topic, added);
      response
          .results()
          .add(
              new CreatePartitionsTopicResult()
                  .setName(topic.name())
                  .setErrorCode(error.code())
                  .setErrorMessage(error == Errors.NONE ? null : error.message()));
      if (!request.validateOnly()) {
        records.addAll(added);
      }
    }
    return new Decision(records, response);
  }

  private Errors widen(CreatePartitionsTopic asked, List<MetadataRecord> records) {
    TopicState topic = state.image().topics().get(asked.name());
    if (topic == null) {
      return Errors.UNKNOWN_TOPIC_OR_PARTITION;
    }
    int from = topic.partitions().size();
    if (asked.count() <= from) {
      return Errors.INVALID_PARTITIONS;
    }
    if (asked.count() - from > MAX_PARTITIONS_PER_REQUEST) {
      return Errors.POLICY_VIOLATION; // more records than one operation of the controller may have
    }
    int factor = topic.partitions().get(0).replicas().size();
    List<List<Integer>> replicas;
    if (asked.assignments() == null) {
      replicas = place(from, asked.count(), factor);
    } else {
      replicas = asked.assignments().stream().map(a -> a.brokerIds()).toList();
      boolean sound =
          replicas.size() == asked.count() - from
              && replicas.stream().allMatch(ids -> soundAssignment(ids, factor));
      if (!sound) {
        return Errors.INVALID_REPLICA_ASSIGNMENT;
      }
    }
    if (replicas.isEmpty()) {
      return Errors.INVALID_REPLICATION_FACTOR;
    }
    for (int p = from; p < asked.count(); p++) {
      records.add(new PartitionChanged(topic.id(), first(p, replicas.get(p - from))));
    }
    return Errors.NONE;
  }

  private boolean soundAssignment(List<Integer> ids, int factor) {
    return ids.size() == factor
        && new LinkedHashSet<>(ids).size() == factor
        && state.image().brokers().keySet().containsAll(ids);
  }
}
