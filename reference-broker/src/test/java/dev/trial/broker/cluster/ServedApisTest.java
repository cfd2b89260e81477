package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.controller.UnheededSettings;
import dev.trial.broker.wire.NodeServer;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.profile.Profile;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.ApiMessageType.ListenerType;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** Every API of Kafka 4.3.1 is served, or refused in the open. */
class ServedApisTest {
  private static final int BROKER = 1;
  private static final int CONTROLLER = 101;

  /** Security, telemetry, changes of the quorum, share and streams groups. */
  private static final Set<ApiKeys> NOT_OF_BROKERS =
      EnumSet.of(
          ApiKeys.SASL_HANDSHAKE,
          ApiKeys.SASL_AUTHENTICATE,
          ApiKeys.DESCRIBE_ACLS,
          ApiKeys.CREATE_ACLS,
          ApiKeys.DELETE_ACLS,
          ApiKeys.CREATE_DELEGATION_TOKEN,
          ApiKeys.RENEW_DELEGATION_TOKEN,
          ApiKeys.EXPIRE_DELEGATION_TOKEN,
          ApiKeys.DESCRIBE_DELEGATION_TOKEN,
          ApiKeys.ALTER_USER_SCRAM_CREDENTIALS,
          ApiKeys.GET_TELEMETRY_SUBSCRIPTIONS,
          ApiKeys.PUSH_TELEMETRY,
          ApiKeys.ADD_RAFT_VOTER,
          ApiKeys.REMOVE_RAFT_VOTER,
          ApiKeys.SHARE_GROUP_HEARTBEAT,
          ApiKeys.SHARE_GROUP_DESCRIBE,
          ApiKeys.SHARE_FETCH,
          ApiKeys.SHARE_ACKNOWLEDGE,
          ApiKeys.INITIALIZE_SHARE_GROUP_STATE,
          ApiKeys.READ_SHARE_GROUP_STATE,
          ApiKeys.WRITE_SHARE_GROUP_STATE,
          ApiKeys.DELETE_SHARE_GROUP_STATE,
          ApiKeys.READ_SHARE_GROUP_STATE_SUMMARY,
          ApiKeys.DESCRIBE_SHARE_GROUP_OFFSETS,
          ApiKeys.ALTER_SHARE_GROUP_OFFSETS,
          ApiKeys.DELETE_SHARE_GROUP_OFFSETS,
          ApiKeys.STREAMS_GROUP_HEARTBEAT,
          ApiKeys.STREAMS_GROUP_DESCRIBE);

  private static final Set<ApiKeys> OF_CONTROLLERS =
      EnumSet.of(
          ApiKeys.API_VERSIONS,
          ApiKeys.FETCH,
          ApiKeys.VOTE,
          ApiKeys.BEGIN_QUORUM_EPOCH,
          ApiKeys.END_QUORUM_EPOCH,
          ApiKeys.BROKER_REGISTRATION,
          ApiKeys.BROKER_HEARTBEAT,
          ApiKeys.ALTER_PARTITION,
          ApiKeys.ALLOCATE_PRODUCER_IDS,
          ApiKeys.ELECT_LEADERS,
          ApiKeys.CREATE_TOPICS,
          ApiKeys.DELETE_TOPICS,
          ApiKeys.CREATE_PARTITIONS,
          ApiKeys.INCREMENTAL_ALTER_CONFIGS,
          ApiKeys.ALTER_CONFIGS,
          ApiKeys.ALTER_CLIENT_QUOTAS,
          ApiKeys.UPDATE_FEATURES,
          ApiKeys.UNREGISTER_BROKER,
          ApiKeys.DESCRIBE_QUORUM,
          ApiKeys.ALTER_PARTITION_REASSIGNMENTS,
          ApiKeys.LIST_PARTITION_REASSIGNMENTS);

  @Test
  void everyApiOfABrokerIsAdvertisedOrNamedHere() {
    Set<ApiKeys> served = EnumSet.complementOf(EnumSet.copyOf(NOT_OF_BROKERS));
    served.retainAll(ApiKeys.apisForListener(ListenerType.BROKER));
    ClusterTrial.run(1, Profile.DEFAULTS, t -> assertEquals(served, advertised(t, BROKER)));
  }

  @Test
  void controllersAdvertiseWhatBrokersAndControllersAskOfThem() {
    ClusterTrial.run(
        2, Profile.DEFAULTS, t -> assertEquals(OF_CONTROLLERS, advertised(t, CONTROLLER)));
  }

  @Test
  void advertisedAreTheStableVersions() {
    ClusterTrial.run(
        3,
        Profile.DEFAULTS,
        t -> {
          for (ApiVersion each : versions(t, BROKER).apiKeys()) {
            ApiKeys api = ApiKeys.forId(each.apiKey());
            // Produce is shown from 0 (KAFKA-18659).
            assertEquals(api == ApiKeys.PRODUCE ? 0 : api.oldestVersion(), each.minVersion());
            assertEquals(api.latestVersion(false), each.maxVersion(), api.name);
          }
        });
  }

  @Test
  void whatIsNotServedBreaksTheConnectionAndIsSaidOnce() {
    ClusterTrial trial =
        ClusterTrial.run(
            4,
            Profile.DEFAULTS,
            t -> {
              for (ApiKeys api : NOT_OF_BROKERS) {
                ApiMessage request = ApiMessageType.fromApiKey(api.id).newRequest();
                assertNull(t.call(BROKER, request, ApiMessage.class), api.name);
                assertNull(t.call(BROKER, request, ApiMessage.class), api.name);
              }
            });
    List<String> refusals =
        trial.logs.stream().filter(line -> line.contains(NodeServer.REFUSAL)).toList();
    assertEquals(NOT_OF_BROKERS.size(), refusals.size(), refusals::toString);
    for (ApiKeys api : NOT_OF_BROKERS) {
      assertEquals(
          1, refusals.stream().filter(line -> line.contains("(" + api.name + ")")).count());
    }
  }

  @Test
  void settingsThatChangeNothingAreToldOnce() {
    ClusterTrial trial =
        ClusterTrial.run(
            6,
            Profile.DEFAULTS,
            t -> {
              Map<String, String> configs =
                  Map.of("compression.type", "zstd", "min.insync.replicas", "2");
              t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, configs)));
              t.cluster.createTopics(List.of(new TopicSpec("bills", 1, 3, configs)));
            });
    List<String> told =
        trial.logs.stream().filter(line -> line.contains(UnheededSettings.PREFIX)).toList();
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).contains("topic setting compression.type"), told::toString);
  }

  /** Without an authorizer all is allowed that the kind of resource knows (KIP-430). */
  @Test
  void authorizedOperationsAreToldWhereTheyAreAskedFor() {
    ClusterTrial.run(5, Profile.DEFAULTS, ServedApisTest::askForOperations);
  }

  private static void askForOperations(ClusterTrial t) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
    assertEquals(Set.of(3, 4, 5, 6, 7, 8, 10, 11), topicOperations(t, true));
    assertEquals(Set.of(31), topicOperations(t, false));
    DescribeClusterRequestData cluster =
        new DescribeClusterRequestData().setIncludeClusterAuthorizedOperations(true);
    assertEquals(
        Set.of(5, 7, 8, 9, 10, 11, 12),
        bits(
            t.call(BROKER, cluster, DescribeClusterResponseData.class)
                .clusterAuthorizedOperations()));
    assertEquals(Set.of(31), groupOperations(t, true));
  }

  private static Set<Integer> topicOperations(ClusterTrial t, boolean asked) {
    MetadataRequestData request =
        new MetadataRequestData()
            .setTopics(List.of(new MetadataRequestTopic().setName("orders")))
            .setIncludeTopicAuthorizedOperations(asked);
    return bits(
        t.call(BROKER, request, MetadataResponseData.class)
            .topics()
            .iterator()
            .next()
            .topicAuthorizedOperations());
  }

  /** A group that does not exist has an error, and no operations. */
  private static Set<Integer> groupOperations(ClusterTrial t, boolean asked) {
    DescribeGroupsRequestData classic =
        new DescribeGroupsRequestData()
            .setGroups(List.of("g"))
            .setIncludeAuthorizedOperations(asked);
    ConsumerGroupDescribeRequestData consumer =
        new ConsumerGroupDescribeRequestData()
            .setGroupIds(List.of("g"))
            .setIncludeAuthorizedOperations(asked);
    DescribeGroupsResponseData.DescribedGroup one =
        t.call(BROKER, classic, DescribeGroupsResponseData.class).groups().get(0);
    ConsumerGroupDescribeResponseData.DescribedGroup other =
        t.call(BROKER, consumer, ConsumerGroupDescribeResponseData.class).groups().get(0);
    assertNotEquals(Errors.NONE.code(), one.errorCode());
    assertEquals(one.authorizedOperations(), other.authorizedOperations());
    return bits(one.authorizedOperations());
  }

  private static Set<Integer> bits(int field) {
    Set<Integer> bits = new TreeSet<>();
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      if ((field & 1 << bit) != 0) {
        bits.add(bit);
      }
    }
    return bits;
  }

  private static Set<ApiKeys> advertised(ClusterTrial t, int node) {
    Set<ApiKeys> advertised = EnumSet.noneOf(ApiKeys.class);
    versions(t, node).apiKeys().forEach(each -> advertised.add(ApiKeys.forId(each.apiKey())));
    return advertised;
  }

  private static ApiVersionsResponseData versions(ClusterTrial t, int node) {
    ApiVersionsRequestData request =
        new ApiVersionsRequestData().setClientSoftwareName("tester").setClientSoftwareVersion("1");
    return t.call(node, request, ApiVersionsResponseData.class);
  }
}
