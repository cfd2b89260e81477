package dev.trial.broker.metadata;

import dev.trial.broker.metadata.MetadataRecord.BrokerChanged;
import dev.trial.broker.metadata.MetadataRecord.BrokerRegistered;
import dev.trial.broker.metadata.MetadataRecord.BrokerUnregistered;
import dev.trial.broker.metadata.MetadataRecord.ClientQuotaChanged;
import dev.trial.broker.metadata.MetadataRecord.ConfigChanged;
import dev.trial.broker.metadata.MetadataRecord.FeatureChanged;
import dev.trial.broker.metadata.MetadataRecord.PartitionChanged;
import dev.trial.broker.metadata.MetadataRecord.ProducerIdsAllocated;
import dev.trial.broker.metadata.MetadataRecord.TopicCreated;
import dev.trial.broker.metadata.MetadataRecord.TopicDeleted;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** The metadata after some records; {@link #after} gives the next one and leaves this as it is. */
public final class Image implements MetadataImage {

  /** Before the first record. */
  public static final Image EMPTY =
      new Image(
          -1,
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          Policy.NONE,
          0);

  private final long offset;
  private final TreeMap<Integer, BrokerState> brokers;
  private final TreeMap<String, TopicState> topics;
  private final TreeMap<Uuid, String> topicNames;
  private final TreeMap<String, TreeMap<String, String>> brokerConfigs;
  private final TreeMap<String, TreeMap<String, String>> groupConfigs;
  private final Policy policy;
  private final long nextProducerId;

  /** What holds for the whole cluster. */
  private record Policy(ClientQuotas quotas, SortedMap<String, Integer> featureLevels) {
    private static final Policy NONE = new Policy(ClientQuotas.NONE, Collections.emptySortedMap());

    Policy after(ClientQuotaChanged changed) {
      return new Policy(quotas.after(changed), featureLevels);
    }

    Policy after(FeatureChanged changed) {
      SortedMap<String, Integer> levels = new TreeMap<>(featureLevels);
      levels.put(changed.feature(), changed.level());
      return new Policy(quotas, levels);
    }
  }

  private Image(
      long offset,
      TreeMap<Integer, BrokerState> brokers,
      TreeMap<String, TopicState> topics,
      TreeMap<Uuid, String> topicNames,
      TreeMap<String, TreeMap<String, String>> brokerConfigs,
      TreeMap<String, TreeMap<String, String>> groupConfigs,
      Policy policy,
      long nextProducerId) {
    this.offset = offset;
    this.brokers = brokers;
    this.topics = topics;
    this.topicNames = topicNames;
    this.brokerConfigs = brokerConfigs;
    this.groupConfigs = groupConfigs;
    this.policy = policy;
    this.nextProducerId = nextProducerId;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public SortedMap<Integer, BrokerState> brokers() {
    return Collections.unmodifiableSortedMap(brokers);
  }

  @Override
  public SortedMap<String, TopicState> topics() {
    return Collections.unmodifiableSortedMap(topics);
  }

  @Override
  public Optional<TopicState> topic(Uuid id) {
    String name = topicNames.get(id);
    return name == null ? Optional.empty() : Optional.of(topics.get(name));
  }

  @Override
  public Optional<PartitionState> partition(PartitionId partition) {
    TopicState topic = topics.get(partition.topic());
    boolean known =
        topic != null
            && partition.partition() >= 0
            && partition.partition() < topic.partitions().size();
    return known ? Optional.of(topic.partitions().get(partition.partition())) : Optional.empty();
  }

  @Override
  public Map<String, String> ownBrokerConfigs(String broker) {
    return Collections.unmodifiableMap(brokerConfigs.getOrDefault(broker, new TreeMap<>()));
  }

  @Override
  public Map<String, String> groupConfigs(String group) {
    return Collections.unmodifiableMap(groupConfigs.getOrDefault(group, new TreeMap<>()));
  }

  @Override
  public OptionalInt featureLevel(String feature) {
    Integer level = policy.featureLevels().get(feature);
    return level == null ? OptionalInt.empty() : OptionalInt.of(level);
  }

  @Override
  public ClientQuotas clientQuotas() {
    return policy.quotas();
  }

  @Override
  public List<String> configuredGroups() {
    return groupConfigs.keySet().stream().filter(id -> !groupConfigs.get(id).isEmpty()).toList();
  }

  /** The first producer id that was not handed out. */
  public long nextProducerId() {
    return nextProducerId;
  }

  /** The image with one more log entry applied. */
  public Image after(long entryOffset, List<MetadataRecord> records) {
    if (records.isEmpty()) {
      return new Image(
          entryOffset,
          brokers,
          topics,
          topicNames,
          brokerConfigs,
          groupConfigs,
          policy,
          nextProducerId);
    }
    Draft draft = new Draft(this);
    records.forEach(draft::apply);
    return draft.finish(entryOffset);
  }

  /** Copies of the maps, to be changed. */
  private static final class Draft {
    private final TreeMap<Integer, BrokerState> brokers;
    private final TreeMap<String, TopicState> topics;
    private final TreeMap<Uuid, String> topicNames;
    private final TreeMap<String, TreeMap<String, String>> brokerConfigs;
    private final TreeMap<String, TreeMap<String, String>> groupConfigs;
    private final TreeMap<String, List<PartitionState>> partitions = new TreeMap<>();
    private Policy policy;
    private long nextProducerId;

    Draft(Image base) {
      brokers = new TreeMap<>(base.brokers);
      topics = new TreeMap<>(base.topics);
      topicNames = new TreeMap<>(base.topicNames);
      brokerConfigs = new TreeMap<>(base.brokerConfigs);
      groupConfigs = new TreeMap<>(base.groupConfigs);
      policy = base.policy;
      nextProducerId = base.nextProducerId;
    }

    void apply(MetadataRecord record) {
      if (record instanceof BrokerRegistered registered) {
        brokers.put(registered.broker().id(), registered.broker());
      } else if (record instanceof BrokerChanged changed) {
        brokers.computeIfPresent(changed.id(), (id, broker) -> changed(broker, changed));
      } else if (record instanceof TopicCreated created) {
        topics.put(
            created.name(), new TopicState(created.name(), created.id(), List.of(), Map.of()));
        topicNames.put(created.id(), created.name());
      } else if (record instanceof PartitionChanged changed) {
        change(changed);
      } else if (record instanceof TopicDeleted deleted) {
        String name = topicNames.remove(deleted.id());
        topics.remove(name);
        partitions.remove(name);
      } else if (record instanceof ConfigChanged changed) {
        configure(changed);
      } else if (record instanceof ProducerIdsAllocated allocated) {
        nextProducerId = allocated.next();
      } else if (record instanceof ClientQuotaChanged changed) {
        policy = policy.after(changed);
      } else if (record instanceof FeatureChanged changed) {
        policy = policy.after(changed);
      } else if (record instanceof BrokerUnregistered unregistered) {
        brokers.remove(unregistered.id());
      }
    }

    private static BrokerState changed(BrokerState broker, BrokerChanged change) {
      return new BrokerState(
          broker.id(),
          broker.epoch(),
          broker.incarnation(),
          broker.host(),
          broker.port(),
          change.fenced(),
          change.inControlledShutdown(),
          broker.rack());
    }

    private void change(PartitionChanged changed) {
      String name = topicNames.get(changed.topicId());
      List<PartitionState> states =
          partitions.computeIfAbsent(name, n -> new ArrayList<>(topics.get(n).partitions()));
      PartitionState state = changed.state();
      if (state.partition() == states.size()) {
        states.add(state);
      } else {
        states.set(state.partition(), state);
      }
    }

    private void configure(ConfigChanged changed) {
      switch (changed.scope()) {
        case BROKER -> configure(brokerConfigs, changed);
        case GROUP -> configure(groupConfigs, changed);
        case TOPIC -> configureTopic(changed);
      }
    }

    private static void configure(
        TreeMap<String, TreeMap<String, String>> all, ConfigChanged changed) {
      TreeMap<String, String> configs =
          new TreeMap<>(all.getOrDefault(changed.name(), new TreeMap<>()));
      set(configs, changed);
      all.put(changed.name(), configs);
    }

    private void configureTopic(ConfigChanged changed) {
      TopicState topic = topics.get(changed.name());
      if (topic != null) {
        TreeMap<String, String> configs = new TreeMap<>(topic.configs());
        set(configs, changed);
        topics.put(
            topic.name(), new TopicState(topic.name(), topic.id(), topic.partitions(), configs));
      }
    }

    private static void set(TreeMap<String, String> configs, ConfigChanged changed) {
      if (changed.value() == null) {
        configs.remove(changed.key());
      } else {
        configs.put(changed.key(), changed.value());
      }
    }

    Image finish(long offset) {
      partitions.forEach(
          (name, states) ->
              topics.computeIfPresent(
                  name, (n, topic) -> new TopicState(n, topic.id(), states, topic.configs())));
      return new Image(
          offset, brokers, topics, topicNames, brokerConfigs, groupConfigs, policy, nextProducerId);
    }
  }
}
