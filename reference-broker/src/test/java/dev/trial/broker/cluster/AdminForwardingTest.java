package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.node.AdminForwarding;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.PartitionId;
import dev.trial.core.profile.Profile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.EntityData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.OpData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DescribeQuorumRequestData;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.UnregisterBrokerRequestData;
import org.apache.kafka.common.message.UnregisterBrokerResponseData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData.FeatureUpdateKey;
import org.apache.kafka.common.message.UpdateFeaturesResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A broker passes administration on to the active controller, and the controller's answer is late,
 * or lost with its connection, or with the controller. As in Kafka (NodeToControllerRequestThread)
 * the broker waits for a late one, and asks again where the connection is gone: the request may
 * then be carried out twice, and the client is told what the second time gave.
 */
class AdminForwardingTest {
  private static final PartitionId PARTITION = new PartitionId("orders", 0);

  /** Longer than a fetch of metadata waits for its answer, shorter than an election takes. */
  private static final long LATE_MS = 3_000;

  private static final long SOON_MS = 500;

  private static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("controller.quorum.request.timeout.ms", 2_000)
          .broker("controller.quorum.fetch.timeout.ms", 6_000);

  /** What is forwarded, the answer to the same request once more, and how its effect shows. */
  enum Forwarded {
    CREATE_TOPICS(
        t -> createTopic(),
        answer -> ((CreateTopicsResponseData) answer).topics().find("made").errorCode(),
        Errors.TOPIC_ALREADY_EXISTS,
        t -> t.cluster.leader(new PartitionId("made", 1)).isPresent()),
    CREATE_PARTITIONS(
        t -> createPartitions(),
        answer -> ((CreatePartitionsResponseData) answer).results().get(0).errorCode(),
        Errors.INVALID_PARTITIONS,
        t ->
            t.cluster.leader(new PartitionId("orders", 3)).isPresent()
                && t.cluster.leader(new PartitionId("orders", 4)).isEmpty()),
    DELETE_TOPICS(
        t -> deleteTopic(),
        answer -> ((DeleteTopicsResponseData) answer).responses().iterator().next().errorCode(),
        Errors.UNKNOWN_TOPIC_OR_PARTITION,
        t -> t.cluster.leader(PARTITION).isEmpty()),
    ALTER_CONFIGS(
        t -> alterAllConfigs(),
        answer -> ((AlterConfigsResponseData) answer).responses().get(0).errorCode(),
        Errors.NONE,
        t -> true),
    INCREMENTAL_ALTER_CONFIGS(
        t -> alterConfigs(),
        answer -> ((IncrementalAlterConfigsResponseData) answer).responses().get(0).errorCode(),
        Errors.NONE,
        t -> true),
    ELECT_LEADERS(
        t -> electLeaders(),
        answer ->
            ((ElectLeadersResponseData) answer)
                .replicaElectionResults()
                .get(0)
                .partitionResult()
                .get(0)
                .errorCode(),
        Errors.ELECTION_NOT_NEEDED,
        t -> t.cluster.leader(PARTITION).orElse(-1) == t.cluster.replicas(PARTITION).get(0)),
    ALTER_PARTITION_REASSIGNMENTS(
        AdminForwardingTest::reassign,
        answer ->
            ((AlterPartitionReassignmentsResponseData) answer)
                .responses()
                .get(0)
                .partitions()
                .get(0)
                .errorCode(),
        Errors.NONE,
        t -> t.cluster.replicas(PARTITION).size() == 3),
    ALTER_CLIENT_QUOTAS(
        t -> alterQuotas(),
        answer -> ((AlterClientQuotasResponseData) answer).entries().get(0).errorCode(),
        Errors.NONE,
        t -> true),
    UPDATE_FEATURES(
        t -> updateFeatures(),
        answer -> ((UpdateFeaturesResponseData) answer).errorCode(),
        Errors.NONE,
        t -> true),
    UNREGISTER_BROKER(
        AdminForwardingTest::unregister,
        answer -> ((UnregisterBrokerResponseData) answer).errorCode(),
        Errors.BROKER_ID_NOT_REGISTERED,
        t -> true),
    DESCRIBE_QUORUM(
        t -> describeQuorum(),
        answer -> ((DescribeQuorumResponseData) answer).errorCode(),
        Errors.NONE,
        t -> true),
    LIST_PARTITION_REASSIGNMENTS(
        t -> listReassignments(),
        answer -> ((ListPartitionReassignmentsResponseData) answer).errorCode(),
        Errors.NONE,
        t -> true);

    private final Function<ClusterTrial, ApiMessage> request;
    private final Function<ApiMessage, Short> code;
    private final Errors secondTime;
    private final Predicate<ClusterTrial> effect;

    Forwarded(
        Function<ClusterTrial, ApiMessage> request,
        Function<ApiMessage, Short> code,
        Errors secondTime,
        Predicate<ClusterTrial> effect) {
      this.request = request;
      this.code = code;
      this.secondTime = secondTime;
      this.effect = effect;
    }
  }

  /** Those that a broker looks into before it passes them on stand in no list. */
  @Test
  void everyForwardedRequestIsTried() {
    Stream<ApiKeys> lookedInto =
        Stream.of(ApiKeys.ALTER_CONFIGS, ApiKeys.INCREMENTAL_ALTER_CONFIGS);
    assertEquals(
        Stream.concat(AdminForwarding.FORWARDED.stream(), lookedInto)
            .map(Enum::name)
            .sorted()
            .toList(),
        Stream.of(Forwarded.values()).map(Enum::name).sorted().toList());
  }

  @ParameterizedTest
  @EnumSource(Forwarded.class)
  void aLateAnswerIsWaitedFor(Forwarded forwarded) {
    Errors told = told(forwarded, false, (t, deaf, controller) -> t.world.sleep(LATE_MS));
    assertEquals(Errors.NONE, told);
  }

  @ParameterizedTest
  @EnumSource(Forwarded.class)
  void anAnswerLostWithItsConnectionIsAskedForAgain(Forwarded forwarded) {
    Errors told =
        told(
            forwarded,
            false,
            (t, deaf, controller) -> {
              t.world.sleep(SOON_MS);
              t.cluster.links().reset(deaf, List.of(controller));
            });
    assertEquals(forwarded.secondTime, told);
  }

  @ParameterizedTest
  @EnumSource(Forwarded.class)
  void anAnswerLostWithTheControllerIsAskedForAtTheNextOne(Forwarded forwarded) {
    Errors told =
        told(
            forwarded,
            false,
            (t, deaf, controller) -> {
              t.world.sleep(SOON_MS);
              t.cluster.links().reset(deaf, List.of(controller));
              t.cluster.kill(controller);
            });
    assertEquals(forwarded.secondTime, told);
  }

  @ParameterizedTest
  @EnumSource(Forwarded.class)
  void whatTheLastControllerCouldNotCommitTheNextOneCarriesOut(Forwarded forwarded) {
    Errors told =
        told(
            forwarded,
            true,
            (t, deaf, controller) -> {
              t.world.sleep(SOON_MS);
              t.cluster.links().reset(deaf, List.of(controller));
              t.cluster.kill(controller);
            });
    assertEquals(Errors.NONE, told);
  }

  /** As long as BrokerServer's forwarding channel tries, which is longer than a call may take. */
  @Test
  void aControllerIsLookedForForAMinute() {
    assertEquals(Errors.NONE, toldAfter(45_000));
    assertEquals(Errors.REQUEST_TIMED_OUT, toldAfter(75_000));
  }

  /** What the client of a broker is told while there is no controller for that long. */
  private static Errors toldAfter(long outageMs) {
    List<String> controllers =
        Stream.of(101, 102, 103).map(each -> ClusterShape.controllerName(each)).toList();
    List<Errors> told = new ArrayList<>();
    run(
        t -> {
          controllers.forEach(t.cluster::kill);
          t.world.spawn(
              "outage",
              () -> {
                t.world.sleep(outageMs);
                controllers.forEach(t.cluster::start);
              });
          ApiMessage answer = t.call(1, alterQuotas(), 90_000);
          told.add(Errors.forCode(Forwarded.ALTER_CLIENT_QUOTAS.code.apply(answer)));
        });
    return told.get(0);
  }

  /** What happens while the controller's answer does not get through. */
  private interface Meanwhile {
    void happens(ClusterTrial trial, List<String> deaf, String controller);
  }

  /**
   * What the client of a broker is told that the controller cannot answer for a while.
   *
   * @param alone true if nothing from the controller gets to the other controllers either
   */
  private static Errors told(Forwarded forwarded, boolean alone, Meanwhile meanwhile) {
    List<Errors> told = new ArrayList<>();
    run(
        t -> {
          int asked = t.cluster.replicas(PARTITION).get(1);
          int active = t.cluster.activeController().orElseThrow();
          String broker = ClusterShape.brokerName(asked);
          String controller = ClusterShape.controllerName(active);
          ApiMessage request = forwarded.request.apply(t);
          t.call(asked, listReassignments(), 5_000); // so that the connection is there
          List<String> deaf = new ArrayList<>(List.of(broker));
          if (alone) {
            for (int other = 101; other <= 103; other++) {
              deaf.add(ClusterShape.controllerName(other));
            }
            deaf.remove(controller);
          }
          t.cluster.links().cut("answers", List.of(controller), deaf);
          t.world.spawn(
              "meanwhile",
              () -> {
                meanwhile.happens(t, deaf, controller);
                t.cluster.links().heal("answers");
              });
          ApiMessage answer = t.call(asked, request, 30_000);
          told.add(Errors.forCode(forwarded.code.apply(answer)));
          assertTrue(
              t.world.await(10_000, () -> forwarded.effect.test(t)), () -> "no effect: " + t.logs);
        });
    return told.get(0);
  }

  /** A topic of two partitions, the first of which its preferred leader does not lead. */
  private static void run(Consumer<ClusterTrial> body) {
    ClusterTrial.run(
        11,
        PROFILE,
        t -> {
          t.cluster.createTopics(List.of(new TopicSpec("orders", 2, 3, Map.of())));
          int preferred = t.cluster.replicas(PARTITION).get(0);
          t.cluster.stop(ClusterShape.brokerName(preferred));
          t.cluster.start(ClusterShape.brokerName(preferred));
          assertTrue(t.world.await(60_000, t.cluster::healthy));
          assertTrue(t.cluster.leader(PARTITION).orElseThrow() != preferred);
          body.accept(t);
        });
  }

  // ---- requests

  private static ApiMessage createTopic() {
    CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(30_000);
    request
        .topics()
        .add(
            new CreatableTopic()
                .setName("made")
                .setNumPartitions(2)
                .setReplicationFactor((short) 3));
    return request;
  }

  private static ApiMessage createPartitions() {
    CreatePartitionsRequestData request = new CreatePartitionsRequestData().setTimeoutMs(30_000);
    request
        .topics()
        .add(new CreatePartitionsTopic().setName("orders").setCount(4).setAssignments(null));
    return request;
  }

  private static ApiMessage deleteTopic() {
    return new DeleteTopicsRequestData()
        .setTimeoutMs(30_000)
        .setTopics(List.of(new DeleteTopicState().setName("orders")));
  }

  private static ApiMessage alterConfigs() {
    AlterConfigsResource topic =
        new AlterConfigsResource().setResourceType((byte) 2).setResourceName("orders");
    topic.configs().add(new AlterableConfig().setName("retention.ms").setValue("1000"));
    IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
    request.resources().add(topic);
    return request;
  }

  private static ApiMessage alterAllConfigs() {
    AlterConfigsRequestData.AlterConfigsResource topic =
        new AlterConfigsRequestData.AlterConfigsResource()
            .setResourceType((byte) 2)
            .setResourceName("orders");
    topic
        .configs()
        .add(
            new AlterConfigsRequestData.AlterableConfig().setName("retention.ms").setValue("1000"));
    AlterConfigsRequestData request = new AlterConfigsRequestData();
    request.resources().add(topic);
    return request;
  }

  private static ApiMessage electLeaders() {
    ElectLeadersRequestData request = new ElectLeadersRequestData().setTimeoutMs(30_000);
    request
        .topicPartitions()
        .add(new TopicPartitions().setTopic("orders").setPartitions(List.of(0)));
    return request;
  }

  private static ApiMessage alterQuotas() {
    AlterClientQuotasRequestData.EntryData entry = new AlterClientQuotasRequestData.EntryData();
    entry.entity().add(new EntityData().setEntityType("user").setEntityName("somebody"));
    entry.ops().add(new OpData().setKey("producer_byte_rate").setValue(1_000));
    AlterClientQuotasRequestData request = new AlterClientQuotasRequestData();
    request.entries().add(entry);
    return request;
  }

  private static ApiMessage updateFeatures() {
    UpdateFeaturesRequestData request = new UpdateFeaturesRequestData();
    request
        .featureUpdates()
        .add(
            new FeatureUpdateKey()
                .setFeature("transaction.version")
                .setMaxVersionLevel((short) 1)
                .setUpgradeType(UpgradeType.SAFE_DOWNGRADE.code()));
    return request;
  }

  /** A broker that is not asked, and does not register again. */
  private static ApiMessage unregister(ClusterTrial t) {
    int other = t.cluster.replicas(PARTITION).get(2);
    t.cluster.stop(ClusterShape.brokerName(other));
    return new UnregisterBrokerRequestData().setBrokerId(other);
  }

  private static ApiMessage describeQuorum() {
    return new DescribeQuorumRequestData()
        .setTopics(
            List.of(
                new DescribeQuorumRequestData.TopicData()
                    .setTopicName("__cluster_metadata")
                    .setPartitions(List.of(new DescribeQuorumRequestData.PartitionData()))));
  }

  private static ApiMessage listReassignments() {
    return new ListPartitionReassignmentsRequestData().setTopics(null);
  }

  /** The same brokers in another order. */
  private static ApiMessage reassign(ClusterTrial t) {
    List<Integer> reversed = new ArrayList<>(t.cluster.replicas(PARTITION));
    Collections.reverse(reversed);
    return new AlterPartitionReassignmentsRequestData()
        .setTimeoutMs(30_000)
        .setTopics(
            List.of(
                new ReassignableTopic()
                    .setName("orders")
                    .setPartitions(
                        List.of(
                            new ReassignablePartition()
                                .setPartitionIndex(0)
                                .setReplicas(reversed)))));
  }
}
