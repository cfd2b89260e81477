package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.profile.Profile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData.FeatureUpdateKey;
import org.apache.kafka.common.message.UpdateFeaturesResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** Levels of features (KIP-584, KIP-1022): told, changed, kept, and obeyed at once. */
class FeaturesTest {
  private static final int BROKER = 1;
  private static final Map<String, Integer> AT_FIRST =
      Map.of("metadata.version", 30, "group.version", 1, "transaction.version", 2);

  @Test
  void levelsSurviveAControllerChangeAndARestart() {
    ClusterTrial.run(1, Profile.DEFAULTS, FeaturesTest::restartEverything);
  }

  private static void restartEverything(ClusterTrial t) {
    assertEquals(AT_FIRST, levels(t, BROKER));
    assertEquals(0, update(t, UpgradeType.SAFE_DOWNGRADE, "transaction.version", 1).errorCode());
    Map<String, Integer> changed = new TreeMap<>(AT_FIRST);
    changed.put("transaction.version", 1);
    toldEventually(t, changed);
    int leader = t.cluster.activeController().orElseThrow();
    t.cluster.kill(ClusterShape.controllerName(leader));
    assertTrue(t.world.await(30_000, () -> t.cluster.activeController().orElse(leader) != leader));
    assertEquals(
        0, update(t, UpgradeType.UPGRADE, "eligible.leader.replicas.version", 1).errorCode());
    changed.put("eligible.leader.replicas.version", 1);
    toldEventually(t, changed);
    t.restartAll();
    toldEventually(t, changed);
    assertEquals(0, update(t, UpgradeType.UPGRADE, "transaction.version", 2).errorCode());
    changed.put("transaction.version", 2);
    toldEventually(t, changed);
  }

  @Test
  void whatKafkaRefusesIsRefusedForAllFeaturesOfTheRequest() {
    ClusterTrial.run(2, Profile.DEFAULTS, FeaturesTest::refuse);
  }

  private static void refuse(ClusterTrial t) {
    String down =
        "Can't downgrade the version of this feature without setting the upgrade type to either"
            + " safe or unsafe downgrade.";
    refused(t, down, UpgradeType.UPGRADE, "transaction.version", 1);
    refused(t, "only supports versions 0-2", UpgradeType.UPGRADE, "transaction.version", 9);
    refused(t, "does not support this feature.", UpgradeType.UPGRADE, "nope", 1);
    refused(t, "cannot be less than 0", UpgradeType.UPGRADE, "group.version", -1);
    refused(
        t,
        "Can't downgrade to a newer",
        UpgradeType.SAFE_DOWNGRADE,
        "eligible.leader.replicas.version",
        1);
    refused(t, "does not support the given upgrade type", UpgradeType.UNKNOWN, "group.version", 1);
    refused(
        t,
        "Refusing to perform the requested downgrade",
        UpgradeType.SAFE_DOWNGRADE,
        "metadata.version",
        29);
    refused(
        t,
        "Unsafe metadata downgrade is not supported",
        UpgradeType.UNSAFE_DOWNGRADE,
        "metadata.version",
        29);
    UpdateFeaturesRequestData both = request(UpgradeType.SAFE_DOWNGRADE, "transaction.version", 1);
    both.featureUpdates().add(key(UpgradeType.UPGRADE, "nope", 1));
    assertEquals(Errors.INVALID_UPDATE_VERSION, error(ask(t, both, (short) 2)));
    UpdateFeaturesRequestData validated =
        request(UpgradeType.SAFE_DOWNGRADE, "transaction.version", 1).setValidateOnly(true);
    assertEquals(Errors.NONE, error(ask(t, validated, (short) 2)));
    UpdateFeaturesResponseData named =
        ask(t, request(UpgradeType.UPGRADE, "transaction.version", 2), (short) 1);
    assertEquals(1, named.results().size(), "up to version 1 each feature is named");
    t.world.sleep(1_000);
    assertEquals(AT_FIRST, levels(t, BROKER));
  }

  private static void refused(
      ClusterTrial t, String why, UpgradeType type, String feature, int level) {
    UpdateFeaturesResponseData answer = update(t, type, feature, level);
    assertEquals(Errors.INVALID_UPDATE_VERSION, error(answer));
    assertTrue(answer.errorMessage().contains(why), answer::errorMessage);
  }

  @Test
  void withoutGroupVersionTheNewProtocolIsRefused() {
    ClusterTrial.run(
        3,
        Profile.DEFAULTS,
        t -> {
          ConsumerGroupHeartbeatRequestData heartbeat =
              new ConsumerGroupHeartbeatRequestData().setGroupId("g").setMemberId("m");
          assertTrue(
              t.call(BROKER, heartbeat, ConsumerGroupHeartbeatResponseData.class).errorCode()
                  != Errors.UNSUPPORTED_VERSION.code());
          assertEquals(0, update(t, UpgradeType.SAFE_DOWNGRADE, "group.version", 0).errorCode());
          assertTrue(
              t.eventually(
                  10_000,
                  () ->
                      t.call(BROKER, heartbeat, ConsumerGroupHeartbeatResponseData.class)
                              .errorCode()
                          == Errors.UNSUPPORTED_VERSION.code()));
          assertEquals(null, levels(t, BROKER).get("group.version"), "level 0 is not told");
        });
  }

  /** The controller must know every minimum before it keeps eligible leader replicas (KIP-966). */
  @Test
  void withEligibleLeaderReplicasTheClusterGetsOneMinimum() {
    ClusterTrial.run(
        4,
        Profile.DEFAULTS.broker("min.insync.replicas", 2),
        t -> {
          assertEquals(null, minimum(t));
          assertEquals(
              0, update(t, UpgradeType.UPGRADE, "eligible.leader.replicas.version", 1).errorCode());
          assertTrue(t.eventually(10_000, () -> "2".equals(minimum(t))));
        });
  }

  private static String minimum(ClusterTrial t) {
    DescribeConfigsRequestData request =
        new DescribeConfigsRequestData()
            .setResources(
                List.of(
                    new DescribeConfigsResource()
                        .setResourceType((byte) 4)
                        .setResourceName("")
                        .setConfigurationKeys(List.of("min.insync.replicas"))));
    return t
        .call(BROKER, request, DescribeConfigsResponseData.class)
        .results()
        .get(0)
        .configs()
        .stream()
        .map(config -> config.value())
        .findFirst()
        .orElse(null);
  }

  private static UpdateFeaturesResponseData update(
      ClusterTrial t, UpgradeType type, String feature, int level) {
    return ask(t, request(type, feature, level), (short) 2);
  }

  private static UpdateFeaturesRequestData request(UpgradeType type, String feature, int level) {
    UpdateFeaturesRequestData request = new UpdateFeaturesRequestData();
    request.featureUpdates().add(key(type, feature, level));
    return request;
  }

  private static FeatureUpdateKey key(UpgradeType type, String feature, int level) {
    return new FeatureUpdateKey()
        .setFeature(feature)
        .setMaxVersionLevel((short) level)
        .setUpgradeType(type.code());
  }

  private static UpdateFeaturesResponseData ask(
      ClusterTrial t, UpdateFeaturesRequestData request, short version) {
    return t.call(BROKER, request, version, UpdateFeaturesResponseData.class);
  }

  private static Errors error(UpdateFeaturesResponseData answer) {
    return Errors.forCode(answer.errorCode());
  }

  /** Brokers and controllers alike. */
  private static void toldEventually(ClusterTrial t, Map<String, Integer> expected) {
    for (int node : List.of(1, 2, 3, t.cluster.activeController().orElseThrow())) {
      t.eventually(10_000, () -> levels(t, node).equals(expected));
      assertEquals(expected, levels(t, node), "node " + node);
    }
  }

  private static Map<String, Integer> levels(ClusterTrial t, int node) {
    ApiVersionsRequestData request =
        new ApiVersionsRequestData().setClientSoftwareName("tester").setClientSoftwareVersion("1");
    ApiVersionsResponseData answer = t.call(node, request, ApiVersionsResponseData.class);
    Map<String, Integer> levels = new TreeMap<>();
    if (answer != null) { // null: the connection was from before a restart
      answer
          .finalizedFeatures()
          .forEach(feature -> levels.put(feature.name(), (int) feature.maxVersionLevel()));
    }
    return levels;
  }
}
