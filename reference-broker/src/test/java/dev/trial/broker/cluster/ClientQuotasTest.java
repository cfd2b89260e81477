package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.PartitionId;
import dev.trial.core.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.EntityData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.EntryData;
import org.apache.kafka.common.message.AlterClientQuotasRequestData.OpData;
import org.apache.kafka.common.message.AlterClientQuotasResponseData;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData.ComponentData;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData;
import org.apache.kafka.common.message.DescribeUserScramCredentialsRequestData.UserName;
import org.apache.kafka.common.message.DescribeUserScramCredentialsResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** Client quotas (KIP-546): kept, described, and held to where they limit bytes. */
class ClientQuotasTest {
  private static final int BROKER = 1;
  private static final byte EXACT = 0;
  private static final byte DEFAULT = 1;
  private static final byte SPECIFIED = 2;
  private static final String DEFAULT_NAME = null;
  private static final PartitionId ORDERS = new PartitionId("orders", 0);
  private static final int WINDOW_MS = 11_000;

  // ---- kept and described

  @Test
  void quotasSurviveAControllerChangeAndARestart() {
    ClusterTrial.run(1, Profile.DEFAULTS, ClientQuotasTest::restartEverything);
  }

  private static void restartEverything(ClusterTrial t) {
    set(t, "producer_byte_rate", 1024.0, "client-id", "app");
    set(t, "request_percentage", 12.5, "client-id", "app");
    set(t, "consumer_byte_rate", 2048.0, "user", DEFAULT_NAME, "client-id", "app");
    set(t, "connection_creation_rate", 100.0, "ip", "127.0.0.1");
    Map<String, String> all =
        Map.of(
            "{client-id=app}", "{producer_byte_rate=1024.0, request_percentage=12.5}",
            "{client-id=app, user=null}", "{consumer_byte_rate=2048.0}",
            "{ip=127.0.0.1}", "{connection_creation_rate=100.0}");
    describedEventually(t, all);
    int leader = t.cluster.activeController().orElseThrow();
    t.cluster.kill(ClusterShape.controllerName(leader));
    assertTrue(t.world.await(30_000, () -> t.cluster.activeController().orElse(leader) != leader));
    set(t, "request_percentage", null, "client-id", "app");
    describedEventually(t, changed(all, "{client-id=app}", "{producer_byte_rate=1024.0}"));
    t.restartAll();
    describedEventually(t, changed(all, "{client-id=app}", "{producer_byte_rate=1024.0}"));
    set(t, "producer_byte_rate", null, "client-id", "app");
    Map<String, String> rest = new TreeMap<>(all);
    rest.remove("{client-id=app}");
    describedEventually(t, rest);
  }

  private static Map<String, String> changed(Map<String, String> all, String key, String value) {
    Map<String, String> changed = new TreeMap<>(all);
    changed.put(key, value);
    return changed;
  }

  @Test
  void filtersMatchAsKafkasDo() {
    ClusterTrial.run(2, Profile.DEFAULTS, ClientQuotasTest::filter);
  }

  private static void filter(ClusterTrial t) {
    set(t, "producer_byte_rate", 1.0, "client-id", "app");
    set(t, "producer_byte_rate", 2.0, "client-id", DEFAULT_NAME);
    set(t, "producer_byte_rate", 3.0, "user", "bob", "client-id", "app");
    set(t, "producer_byte_rate", 4.0, "user", "bob");
    assertTrue(t.eventually(10_000, () -> described(t, false).size() == 4));
    assertEquals(
        List.of("{client-id=null}", "{client-id=app}", "{client-id=app, user=bob}"),
        described(t, false, component("client-id", SPECIFIED, null)));
    assertEquals(
        List.of("{client-id=null}", "{client-id=app}"),
        described(t, true, component("client-id", SPECIFIED, null)));
    assertEquals(
        List.of("{client-id=null}"), described(t, false, component("client-id", DEFAULT, null)));
    assertEquals(
        List.of("{client-id=app, user=bob}"),
        described(t, true, component("client-id", EXACT, "app"), component("user", EXACT, "bob")));
    assertEquals(List.of(), described(t, true), "of an entity without parts there is none");
    refused(t, Errors.INVALID_REQUEST, component("client-id", EXACT, null));
    refused(t, Errors.INVALID_REQUEST, component("client-id", DEFAULT, "app"));
    refused(t, Errors.INVALID_REQUEST, component("client-id", SPECIFIED, "app"));
    refused(t, Errors.INVALID_REQUEST, component("client-id", (byte) 9, null));
    refused(t, Errors.INVALID_REQUEST, component("", SPECIFIED, null));
    refused(t, Errors.UNSUPPORTED_VERSION, component("planet", SPECIFIED, null));
    refused(
        t,
        Errors.INVALID_REQUEST,
        component("ip", SPECIFIED, null),
        component("user", SPECIFIED, null));
  }

  private static void refused(ClusterTrial t, Errors error, ComponentData... components) {
    DescribeClientQuotasResponseData answer = describe(t, false, components);
    assertEquals(error, Errors.forCode(answer.errorCode()));
    assertEquals(null, answer.entries());
  }

  @Test
  void whatKafkaRefusesIsRefusedAndNothingOfItIsKept() {
    ClusterTrial.run(
        3,
        Profile.DEFAULTS,
        t -> {
          assertEquals(
              "Quota producer_byte_rate must be greater than 0",
              refusal(t, "producer_byte_rate", -5.0, "client-id", "app"));
          assertEquals(
              "producer_byte_rate cannot be a fractional value.",
              refusal(t, "producer_byte_rate", 1.5, "client-id", "app"));
          assertEquals(
              "Invalid configuration key connection_creation_rate",
              refusal(t, "connection_creation_rate", 1.0, "client-id", "app"));
          assertEquals(
              "Proposed value for connection_creation_rate is too large for an INT.",
              refusal(t, "connection_creation_rate", 1e10, "ip", "127.0.0.1"));
          assertEquals(
              "Empty client-id not supported",
              refusal(t, "producer_byte_rate", 1.0, "client-id", ""));
          assertEquals(
              "Unhandled client quota entity type: planet",
              refusal(t, "producer_byte_rate", 1.0, "planet", "x"));
          assertEquals("Invalid empty client quota entity", refusal(t, "producer_byte_rate", 1.0));
          assertEquals(
              "not a host is not a valid IP or resolvable host.",
              refusal(t, "connection_creation_rate", 1.0, "ip", "not a host"));
          assertTrue(
              refusal(t, "connection_creation_rate", 1.0, "ip", "1.1.1.1", "user", "bob")
                  .startsWith("Invalid quota entity combination"));
          AlterClientQuotasRequestData validated =
              request("producer_byte_rate", 1.0, "client-id", "app").setValidateOnly(true);
          assertEquals(0, alter(t, validated).entries().get(0).errorCode());
          AlterClientQuotasRequestData twice =
              request("producer_byte_rate", 7.0, "client-id", "app");
          twice.entries().get(0).ops().add(twice.entries().get(0).ops().get(0).duplicate());
          assertTrue(
              alter(t, twice).entries().get(0).errorMessage().startsWith("Duplicate quota key"));
          t.world.sleep(1_000);
          assertEquals(List.of(), described(t, false));
        });
  }

  private static String refusal(ClusterTrial t, String key, double value, String... entity) {
    AlterClientQuotasResponseData answer = alter(t, request(key, value, entity));
    assertEquals(Errors.INVALID_REQUEST, Errors.forCode(answer.entries().get(0).errorCode()), key);
    return answer.entries().get(0).errorMessage();
  }

  private static void set(ClusterTrial t, String key, Double value, String... entity) {
    AlterClientQuotasResponseData answer = alter(t, request(key, value, entity));
    assertEquals(0, answer.entries().get(0).errorCode(), () -> answer.toString());
  }

  private static AlterClientQuotasResponseData alter(
      ClusterTrial t, AlterClientQuotasRequestData request) {
    return t.call(BROKER, request, AlterClientQuotasResponseData.class);
  }

  /** An entity is given as kinds and names in turn. */
  private static AlterClientQuotasRequestData request(String key, Double value, String... entity) {
    EntryData entry = new EntryData();
    for (int i = 0; i < entity.length; i += 2) {
      entry.entity().add(new EntityData().setEntityType(entity[i]).setEntityName(entity[i + 1]));
    }
    OpData operation = new OpData().setKey(key).setRemove(value == null);
    entry.ops().add(value == null ? operation : operation.setValue(value));
    AlterClientQuotasRequestData request = new AlterClientQuotasRequestData();
    request.entries().add(entry);
    return request;
  }

  private static ComponentData component(String kind, byte match, String name) {
    return new ComponentData().setEntityType(kind).setMatchType(match).setMatch(name);
  }

  private static DescribeClientQuotasResponseData describe(
      ClusterTrial t, boolean strict, ComponentData... components) {
    DescribeClientQuotasRequestData request =
        new DescribeClientQuotasRequestData().setStrict(strict).setComponents(List.of(components));
    return t.call(BROKER, request, DescribeClientQuotasResponseData.class);
  }

  private static List<String> described(
      ClusterTrial t, boolean strict, ComponentData... components) {
    DescribeClientQuotasResponseData answer = describe(t, strict, components);
    assertEquals(0, answer.errorCode(), answer::errorMessage);
    return answer.entries().stream().map(ClientQuotasTest::entity).toList();
  }

  private static String entity(DescribeClientQuotasResponseData.EntryData entry) {
    Map<String, String> parts = new TreeMap<>();
    entry.entity().forEach(part -> parts.put(part.entityType(), part.entityName()));
    return parts.toString();
  }

  private static void describedEventually(ClusterTrial t, Map<String, String> expected) {
    Map<String, String> found = new TreeMap<>();
    t.eventually(
        10_000,
        () -> {
          found.clear();
          DescribeClientQuotasResponseData answer = describe(t, false);
          if (answer == null) {
            return false; // the connection was from before a restart
          }
          for (DescribeClientQuotasResponseData.EntryData entry : answer.entries()) {
            Map<String, Double> values = new TreeMap<>();
            entry.values().forEach(value -> values.put(value.key(), value.value()));
            found.put(entity(entry), values.toString());
          }
          return found.equals(expected);
        });
    assertEquals(new TreeMap<>(expected), found);
  }

  /** kafka-configs asks for users' credentials with their quotas (KIP-554). */
  @Test
  void nobodyHasCredentials() {
    ClusterTrial.run(
        7,
        Profile.DEFAULTS,
        t -> {
          assertEquals(Map.of(), credentials(t));
          assertEquals(
              Map.of("bob", Errors.RESOURCE_NOT_FOUND, "joe", Errors.DUPLICATE_RESOURCE),
              credentials(t, "joe", "bob", "joe"));
        });
  }

  private static Map<String, Errors> credentials(ClusterTrial t, String... users) {
    DescribeUserScramCredentialsRequestData request =
        new DescribeUserScramCredentialsRequestData()
            .setUsers(Stream.of(users).map(user -> new UserName().setName(user)).toList());
    Map<String, Errors> found = new TreeMap<>();
    t.call(BROKER, request, DescribeUserScramCredentialsResponseData.class)
        .results()
        .forEach(user -> found.put(user.user(), Errors.forCode(user.errorCode())));
    return found;
  }

  // ---- held to

  @Test
  void aProducerIsHeldToItsRate() {
    ClusterTrial.run(4, Profile.DEFAULTS, t -> produceAtRate(t, "client-id", "tester"));
  }

  @Test
  void aDefaultHoldsForEveryClient() {
    ClusterTrial.run(5, Profile.DEFAULTS, t -> produceAtRate(t, "user", DEFAULT_NAME));
  }

  /** However eager it is: what it sends takes as long as the rate allows, but for one window. */
  private static void produceAtRate(ClusterTrial t, String kind, String name) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
    assertTrue(t.world.await(20_000, t.cluster::healthy));
    int leader = t.cluster.leader(ORDERS).orElseThrow();
    Uuid topic = topicId(t, leader);
    set(t, "producer_byte_rate", 500.0, kind, name);
    assertTrue(t.eventually(10_000, () -> described(t, false).size() == 1));
    t.world.sleep(1_000);
    long beginMs = t.world.clock().millis();
    long bytes = 0;
    List<Integer> throttles = new ArrayList<>();
    long lastMs = beginMs;
    for (long value = 0; value < 100; value++) {
      ProduceRequestData request = Requests.produce(topic, ORDERS, value, (short) -1);
      bytes += bytes(request);
      long askedMs = t.world.clock().millis();
      ProduceResponseData answer = t.call(leader, request, ProduceResponseData.class);
      assertEquals(0, answer.responses().iterator().next().partitionResponses().get(0).errorCode());
      int told = throttles.isEmpty() ? 0 : throttles.get(throttles.size() - 1);
      long silentMs = t.world.clock().millis() - lastMs;
      assertTrue(silentMs >= told, "silence of " + told + " ms was broken after " + silentMs);
      throttles.add(answer.throttleTimeMs());
      lastMs = askedMs;
    }
    long tookMs = t.world.clock().millis() - beginMs;
    assertEquals(0, throttles.get(0));
    assertTrue(throttles.stream().anyMatch(ms -> ms > 0), throttles::toString);
    assertTrue(tookMs >= bytes * 1000 / 500 - WINDOW_MS, bytes + " in " + tookMs + " ms");
    assertTrue(tookMs <= bytes * 1000 / 500, "no slower than the rate: " + tookMs);
  }

  private static long bytes(ProduceRequestData request) {
    return request.size(
        new org.apache.kafka.common.protocol.ObjectSerializationCache(),
        request.highestSupportedVersion());
  }

  @Test
  void aConsumerIsHeldToItsRateAndReadsAll() {
    ClusterTrial.run(6, Profile.DEFAULTS, ClientQuotasTest::consumeAtRate);
  }

  private static void consumeAtRate(ClusterTrial t) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 1, 3, Map.of())));
    assertTrue(t.world.await(20_000, t.cluster::healthy));
    int leader = t.cluster.leader(ORDERS).orElseThrow();
    Uuid topic = topicId(t, leader);
    for (long value = 0; value < 15; value++) {
      t.call(leader, Requests.produce(topic, ORDERS, value, (short) -1), ProduceResponseData.class);
    }
    set(t, "consumer_byte_rate", 100.0, "client-id", "tester");
    assertTrue(t.eventually(10_000, () -> described(t, false).size() == 1));
    t.world.sleep(1_000);
    long beginMs = t.world.clock().millis();
    List<Long> read = new ArrayList<>();
    boolean throttled = false;
    while (read.size() < 15) {
      FetchResponseData answer =
          t.call(
              leader,
              Requests.fetch(topic, ORDERS, read.size()).setMaxBytes(300),
              FetchResponseData.class);
      if (answer.throttleTimeMs() > 0) {
        throttled = true;
        assertEquals(List.of(), answer.responses(), "what is too much is not sent");
      } else {
        read.addAll(Requests.values(answer));
      }
    }
    assertEquals(15, read.stream().distinct().count());
    assertTrue(throttled);
    assertTrue(t.world.clock().millis() - beginMs > WINDOW_MS);
  }

  private static Uuid topicId(ClusterTrial t, int broker) {
    return t.call(
            broker,
            new MetadataRequestData()
                .setTopics(List.of(new MetadataRequestTopic().setName("orders"))),
            MetadataResponseData.class)
        .topics()
        .find("orders")
        .topicId();
  }
}
