package dev.trial.broker.node;

import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.AuthorizedOperations;
import dev.trial.broker.wire.ErrorAnswers;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** What clients ask a broker about the cluster, answered from its own image, stale or not. */
public final class MetadataHandlers {

  /** The one cluster's id. */
  public static final String CLUSTER_ID = "dHJpYWwtcmVmZXJlbmNlLQ";

  private static final byte BROKER_ENDPOINTS = 1;
  private static final byte CONTROLLER_ENDPOINTS = 2;

  /** From this version on Metadata can be asked by topic id (KIP-516). */
  private static final short TOPIC_IDS = 12;

  private static final int NO_NODE = -1;

  private final int broker;
  private final Supplier<? extends MetadataImage> image;
  private final BrokerSettings settings;
  private final TopicAutoCreation autoCreation;

  /**
   * @param image the broker's current image
   * @param link for topics that are created when first asked for (auto.create.topics.enable)
   */
  public MetadataHandlers(
      int broker,
      Supplier<? extends MetadataImage> image,
      BrokerSettings settings,
      ControllerLink link) {
    this.broker = broker;
    this.image = image;
    this.settings = settings;
    this.autoCreation = new TopicAutoCreation(settings, link);
  }

  /** Serves METADATA, DESCRIBE_CLUSTER and DESCRIBE_CONFIGS. */
  public void register(Handlers handlers) {
    handlers.register(ApiKeys.METADATA, this::metadata);
    handlers.register(
        ApiKeys.DESCRIBE_CLUSTER,
        (c, request, r) -> r.answer(cluster((DescribeClusterRequestData) request)));
    handlers.register(
        ApiKeys.DESCRIBE_CONFIGS,
        (c, request, r) ->
            r.answer(
                new ConfigDescription(broker, image.get(), settings)
                    .answer((DescribeConfigsRequestData) request)));
  }

  private void metadata(RequestContext context, ApiMessage message, Responder responder) {
    MetadataRequestData request = (MetadataRequestData) message;
    if (context.version() < TOPIC_IDS && unnamed(request)) {
      responder.answer(ErrorAnswers.of(context, request, Errors.INVALID_REQUEST));
      return;
    }
    if (neither(request)) { // KafkaApis stumbles over it
      responder.answer(ErrorAnswers.of(context, request, Errors.UNKNOWN_SERVER_ERROR));
      return;
    }
    MetadataImage now = image.get();
    MetadataResponseData response =
        new MetadataResponseData()
            .setClusterId(CLUSTER_ID)
            .setControllerId(controllerFor(now))
            .setClusterAuthorizedOperations(
                AuthorizedOperations.ofCluster(request.includeClusterAuthorizedOperations()));
    now.brokers().values().stream()
        .filter(b -> !b.fenced())
        .forEach(b -> response.brokers().add(node(b)));
    if (asksForAll(request, context.version())) {
      now.topics().values().forEach(t -> response.topics().add(topic(now, t, context.version())));
    } else {
      response.topics().addAll(asked(now, request, context.version()));
    }
    tellOperations(request, response);
    responder.answer(response);
  }

  /** KafkaApis tells them of every topic whose name it knows, whether it exists or not. */
  private static void tellOperations(MetadataRequestData request, MetadataResponseData response) {
    int operations = AuthorizedOperations.ofTopic(request.includeTopicAuthorizedOperations());
    response.topics().stream()
        .filter(topic -> topic.name() != null)
        .forEach(topic -> topic.setTopicAuthorizedOperations(operations));
  }

  /** In version 0 an empty list means all topics, later null does and an empty one means none. */
  private static boolean asksForAll(MetadataRequestData request, short version) {
    return request.topics() == null || version == 0 && request.topics().isEmpty();
  }

  private static boolean neither(MetadataRequestData request) {
    return request.topics() != null
        && request.topics().stream().allMatch(asked -> asked.topicId().equals(Uuid.ZERO_UUID))
        && request.topics().stream().anyMatch(asked -> asked.name() == null);
  }

  /** Versions 10 and 11 have the fields of topic ids, but do not serve them (KafkaApis). */
  private static boolean unnamed(MetadataRequestData request) {
    return request.topics() != null
        && request.topics().stream()
            .anyMatch(asked -> asked.name() == null || !asked.topicId().equals(Uuid.ZERO_UUID));
  }

  /** By topic ids if there is any, else by names (KIP-516); what is asked twice is told once. */
  private List<MetadataResponseTopic> asked(
      MetadataImage now, MetadataRequestData request, short version) {
    Set<Uuid> ids = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (MetadataRequestTopic asked : request.topics()) {
      ids.add(asked.topicId());
      names.add(asked.name());
    }
    ids.remove(Uuid.ZERO_UUID);
    names.remove(null);
    return ids.isEmpty()
        ? names.stream().map(name -> named(now, name, request, version)).toList()
        : ids.stream().map(id -> identified(now, id, version)).toList();
  }

  private static MetadataResponseTopic identified(MetadataImage now, Uuid id, short version) {
    return now.topic(id)
        .map(topic -> topic(now, topic, version))
        .orElseGet(
            () ->
                new MetadataResponseTopic()
                    .setName(null)
                    .setTopicId(id)
                    .setErrorCode(Errors.UNKNOWN_TOPIC_ID.code()));
  }

  private MetadataResponseTopic named(
      MetadataImage now, String name, MetadataRequestData request, short version) {
    TopicState topic = now.topics().get(name);
    if (topic != null) {
      return topic(now, topic, version);
    }
    MetadataResponseTopic unknown =
        new MetadataResponseTopic().setName(name).setIsInternal(internal(name));
    if (!Topic.isValid(name)) {
      return unknown.setErrorCode(Errors.INVALID_TOPIC_EXCEPTION.code());
    }
    if (request.allowAutoTopicCreation()) {
      autoCreation.create(name);
    }
    return unknown.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
  }

  private static MetadataResponseTopic topic(MetadataImage now, TopicState topic, short version) {
    MetadataResponseTopic answer =
        new MetadataResponseTopic()
            .setName(topic.name())
            .setTopicId(topic.id())
            .setIsInternal(internal(topic.name()));
    for (PartitionState partition : topic.partitions()) {
      answer.partitions().add(partition(now, partition, version));
    }
    return answer;
  }

  private static MetadataResponsePartition partition(
      MetadataImage now, PartitionState partition, short version) {
    boolean led = live(now, partition.leader());
    // Version 0 knows no offline replicas: it shows live ones only.
    boolean liveOnly = version == 0;
    return new MetadataResponsePartition()
        .setErrorCode(led ? Errors.NONE.code() : Errors.LEADER_NOT_AVAILABLE.code())
        .setPartitionIndex(partition.partition())
        .setLeaderId(led ? partition.leader() : NO_NODE)
        .setLeaderEpoch(partition.leaderEpoch())
        .setReplicaNodes(liveOnly ? live(now, partition.replicas()) : partition.replicas())
        .setIsrNodes(liveOnly ? live(now, partition.inSyncReplicas()) : partition.inSyncReplicas())
        .setOfflineReplicas(partition.replicas().stream().filter(r -> !live(now, r)).toList());
  }

  private static List<Integer> live(MetadataImage now, List<Integer> replicas) {
    return replicas.stream().filter(r -> live(now, r)).toList();
  }

  private static boolean live(MetadataImage now, int broker) {
    BrokerState state = now.brokers().get(broker);
    return state != null && !state.fenced();
  }

  private static boolean internal(String topic) {
    return Topic.isInternal(topic);
  }

  private static MetadataResponseBroker node(BrokerState broker) {
    return new MetadataResponseBroker()
        .setNodeId(broker.id())
        .setHost(broker.host())
        .setPort(broker.port())
        .setRack(broker.rack());
  }

  /** Clients know no controllers (KIP-590): a live broker stands for it, as it forwards. */
  private int controllerFor(MetadataImage now) {
    if (live(now, broker)) {
      return broker;
    }
    return now.brokers().values().stream()
        .filter(b -> !b.fenced())
        .findFirst()
        .map(BrokerState::id)
        .orElse(NO_NODE);
  }

  private DescribeClusterResponseData cluster(DescribeClusterRequestData request) {
    if (request.endpointType() != BROKER_ENDPOINTS) {
      return wrongEndpoints(request.endpointType());
    }
    MetadataImage now = image.get();
    DescribeClusterResponseData response =
        new DescribeClusterResponseData()
            .setClusterId(CLUSTER_ID)
            .setControllerId(controllerFor(now))
            .setClusterAuthorizedOperations(
                AuthorizedOperations.ofCluster(request.includeClusterAuthorizedOperations()));
    now.brokers().values().stream()
        .filter(b -> !b.fenced() || request.includeFencedBrokers())
        .forEach(
            b ->
                response
                    .brokers()
                    .add(
                        new DescribeClusterBroker()
                            .setBrokerId(b.id())
                            .setHost(b.host())
                            .setPort(b.port())
                            .setRack(b.rack())
                            .setIsFenced(b.fenced())));
    return response;
  }

  /** KIP-919; AuthHelper.computeDescribeClusterResponse. */
  private static DescribeClusterResponseData wrongEndpoints(byte asked) {
    boolean known = asked == CONTROLLER_ENDPOINTS;
    Errors error = known ? Errors.MISMATCHED_ENDPOINT_TYPE : Errors.UNSUPPORTED_ENDPOINT_TYPE;
    String why =
        known
            ? "The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type"
                + " CONTROLLER"
            : "Unsupported endpoint type " + asked;
    return new DescribeClusterResponseData().setErrorCode(error.code()).setErrorMessage(why);
  }
}
