package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.profile.Profile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.UnregisterBrokerRequestData;
import org.apache.kafka.common.message.UnregisterBrokerResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.junit.jupiter.api.Test;

/** Settings replaced as a whole (KIP-133), and brokers that are forgotten (KIP-746). */
class AdministrationTest {
  private static final int BROKER = 1;
  private static final byte TOPIC = 2;
  private static final byte OF_BROKER = 4;
  private static final byte LOGGER = 8;

  @Test
  void theSettingsOfARequestAreAllThereAre() {
    ClusterTrial.run(1, Profile.DEFAULTS, AdministrationTest::replace);
  }

  private static void replace(ClusterTrial t) {
    Map<String, String> first = Map.of("retention.ms", "86400000", "segment.bytes", "2000000");
    t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, first)));
    setEventually(t, TOPIC, "orders", first);
    Map<String, String> next = Map.of("retention.ms", "7", "cleanup.policy", "compact");
    assertEquals(Errors.NONE, alter(t, false, resource(TOPIC, "orders", next)));
    setEventually(t, TOPIC, "orders", next);
    assertEquals(Errors.NONE, alter(t, true, resource(TOPIC, "orders", Map.of())));
    assertEquals(
        Errors.INVALID_CONFIG,
        alter(t, false, resource(TOPIC, "orders", Map.of("retention.ms", "soon"))));
    assertEquals(
        Errors.UNKNOWN_TOPIC_OR_PARTITION, alter(t, false, resource(TOPIC, "none", Map.of())));
    t.world.sleep(1_000);
    setEventually(t, TOPIC, "orders", next);
    assertEquals(Errors.NONE, alter(t, false, resource(TOPIC, "orders", Map.of())));
    setEventually(t, TOPIC, "orders", Map.of());
    assertEquals(
        Errors.NONE, alter(t, false, resource(OF_BROKER, "", Map.of("log.retention.ms", "9"))));
    setEventually(t, OF_BROKER, "", Map.of("log.retention.ms", "9"));
    assertEquals(Errors.NONE, alter(t, false, resource(OF_BROKER, "", Map.of())));
    setEventually(t, OF_BROKER, "", Map.of());
  }

  @Test
  void whatKafkaRefusesIsRefused() {
    ClusterTrial.run(
        2,
        Profile.DEFAULTS,
        t -> {
          t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
          AlterConfigsResource twice = resource(TOPIC, "orders", Map.of("retention.ms", "7"));
          AlterConfigsRequestData request = new AlterConfigsRequestData();
          request.resources().mustAdd(twice);
          request.resources().mustAdd(resource(TOPIC, "orders", Map.of()));
          AlterConfigsResponseData answer = t.call(BROKER, request, AlterConfigsResponseData.class);
          assertEquals(1, answer.responses().size());
          assertEquals(
              "Each resource must appear at most once.", answer.responses().get(0).errorMessage());
          AlterConfigsResource repeated = resource(TOPIC, "orders", Map.of("retention.ms", "7"));
          repeated.configs().mustAdd(new AlterableConfig().setName("retention.ms").setValue("8"));
          assertEquals(Errors.INVALID_REQUEST, alter(t, false, repeated));
          AlterConfigsResource empty = resource(TOPIC, "orders", Map.of());
          empty.configs().mustAdd(new AlterableConfig().setName("retention.ms").setValue(null));
          assertEquals(Errors.INVALID_REQUEST, alter(t, false, empty));
          assertEquals(Errors.INVALID_REQUEST, alter(t, false, resource(LOGGER, "1", Map.of())));
          assertEquals(Errors.NONE, alter(t, false, resource(OF_BROKER, "1", Map.of())));
          assertEquals(Errors.INVALID_REQUEST, alter(t, false, resource(OF_BROKER, "2", Map.of())));
          assertEquals(Errors.INVALID_REQUEST, alter(t, false, resource(OF_BROKER, "x", Map.of())));
          assertEquals(Errors.INVALID_REQUEST, alter(t, false, resource((byte) 77, "x", Map.of())));
        });
  }

  /** What the broker refuses and what the controller does stand as they were asked for. */
  @Test
  void answersComeInTheOrderOfTheRequest() {
    ClusterTrial.run(
        1,
        Profile.DEFAULTS,
        t -> {
          t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
          List<String> expected = List.of("orders NONE", "2 INVALID_REQUEST", "1 NONE");
          assertEquals(expected, answersToFull(t));
          assertEquals(expected, answersToIncremental(t));
        });
  }

  private static List<String> answersToFull(ClusterTrial t) {
    AlterConfigsRequestData request = new AlterConfigsRequestData();
    request.resources().add(resource(TOPIC, "orders", Map.of("retention.ms", "7")));
    request.resources().add(resource(OF_BROKER, "2", Map.of()));
    request.resources().add(resource(OF_BROKER, "1", Map.of()));
    return t.call(BROKER, request, AlterConfigsResponseData.class).responses().stream()
        .map(each -> each.resourceName() + " " + Errors.forCode(each.errorCode()))
        .toList();
  }

  private static List<String> answersToIncremental(ClusterTrial t) {
    IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
    request.resources().add(unchanged(TOPIC, "orders"));
    request.resources().add(unchanged(OF_BROKER, "2"));
    request.resources().add(unchanged(OF_BROKER, "1"));
    return t.call(BROKER, request, IncrementalAlterConfigsResponseData.class).responses().stream()
        .map(each -> each.resourceName() + " " + Errors.forCode(each.errorCode()))
        .toList();
  }

  private static IncrementalAlterConfigsRequestData.AlterConfigsResource unchanged(
      byte type, String name) {
    return new IncrementalAlterConfigsRequestData.AlterConfigsResource()
        .setResourceType(type)
        .setResourceName(name);
  }

  private static AlterConfigsResource resource(byte type, String name, Map<String, String> values) {
    AlterConfigsResource resource =
        new AlterConfigsResource().setResourceType(type).setResourceName(name);
    new TreeMap<>(values)
        .forEach(
            (key, value) ->
                resource.configs().add(new AlterableConfig().setName(key).setValue(value)));
    return resource;
  }

  private static Errors alter(ClusterTrial t, boolean validateOnly, AlterConfigsResource resource) {
    AlterConfigsRequestData request = new AlterConfigsRequestData().setValidateOnly(validateOnly);
    request.resources().add(resource);
    AlterConfigsResponseData answer = t.call(BROKER, request, AlterConfigsResponseData.class);
    assertEquals(1, answer.responses().size());
    return Errors.forCode(answer.responses().get(0).errorCode());
  }

  /** What was set for the resource itself. */
  private static void setEventually(
      ClusterTrial t, byte type, String name, Map<String, String> expected) {
    Map<String, String> found = new TreeMap<>();
    t.eventually(
        10_000,
        () -> {
          found.clear();
          found.putAll(set(t, type, name));
          return found.equals(expected);
        });
    assertEquals(new TreeMap<>(expected), found);
  }

  private static Map<String, String> set(ClusterTrial t, byte type, String name) {
    DescribeConfigsRequestData request =
        new DescribeConfigsRequestData()
            .setResources(
                List.of(
                    new DescribeConfigsResource()
                        .setResourceType(type)
                        .setResourceName(name)
                        .setConfigurationKeys(null)));
    Map<String, String> set = new TreeMap<>();
    byte source =
        (type == TOPIC ? ConfigSource.TOPIC_CONFIG : ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG)
            .id();
    t.call(BROKER, request, DescribeConfigsResponseData.class).results().get(0).configs().stream()
        .filter(config -> config.configSource() == source)
        .forEach(config -> set.put(config.name(), config.value()));
    return set;
  }

  @Test
  void aBrokerThatIsGoneIsForgottenAndMayComeBack() {
    ClusterTrial.run(3, Profile.DEFAULTS, AdministrationTest::unregister);
  }

  private static void unregister(ClusterTrial t) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 3, 3, Map.of())));
    UnregisterBrokerResponseData unknown = ask(t, 9);
    assertEquals(Errors.BROKER_ID_NOT_REGISTERED, Errors.forCode(unknown.errorCode()));
    assertEquals("Broker ID 9 is not currently registered", unknown.errorMessage());
    t.cluster.kill(ClusterShape.brokerName(3));
    assertTrue(t.world.await(30_000, () -> t.cluster.activeController().isPresent()));
    assertEquals(0, ask(t, 3).errorCode());
    assertTrue(t.eventually(10_000, () -> registered(t).equals(List.of(1, 2))));
    t.cluster.start(ClusterShape.brokerName(3));
    assertTrue(t.eventually(30_000, () -> registered(t).equals(List.of(1, 2, 3))));
    assertTrue(t.world.await(60_000, t.cluster::healthy), () -> "not healthy: " + t.logs);
  }

  private static UnregisterBrokerResponseData ask(ClusterTrial t, int broker) {
    return t.call(
        BROKER,
        new UnregisterBrokerRequestData().setBrokerId(broker),
        UnregisterBrokerResponseData.class);
  }

  private static List<Integer> registered(ClusterTrial t) {
    DescribeClusterRequestData request =
        new DescribeClusterRequestData().setIncludeFencedBrokers(true);
    return t.call(BROKER, request, DescribeClusterResponseData.class).brokers().stream()
        .map(broker -> broker.brokerId())
        .sorted()
        .toList();
  }
}
