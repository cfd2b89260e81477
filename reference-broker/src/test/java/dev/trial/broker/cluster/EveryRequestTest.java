package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.wire.Envelope;
import dev.trial.broker.wire.Flavor;
import dev.trial.broker.wire.GeneratedRequest;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.profile.Profile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests of every API in every advertised version, made by a walk over its schema: each is
 * answered in its version, or its connection is closed, and every node lives on without a fault.
 */
class EveryRequestTest {
  private static final int BROKER = 1;
  private static final long PATIENCE_MS = 120_000;

  private static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("offsets.topic.num.partitions", 2)
          .broker("transaction.state.log.num.partitions", 2)
          .broker("group.initial.rebalance.delay.ms", 0);

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void isAnsweredInItsVersionAndHarmsNobody(Flavor flavor) {
    ClusterTrial trial = ClusterTrial.run(21, PROFILE, t -> everyRequest(t, flavor));
    assertEquals(List.of(), trial.handlerFaults(), () -> String.join("\n", trial.logs));
  }

  private static void everyRequest(ClusterTrial t, Flavor flavor) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 2, 3, Map.of())));
    Uuid topicId = topicId(t);
    int controller = t.cluster.activeController().orElseThrow();
    List<String> wrong = new ArrayList<>(ask(t, BROKER, flavor, topicId));
    wrong.addAll(ask(t, controller, flavor, topicId));
    assertEquals(List.of(), wrong, () -> String.join("\n", t.logs));
    t.world.sleep(PATIENCE_MS); // what was left behind comes due
    Map<String, Boolean> running = new TreeMap<>();
    for (int id : new int[] {1, 2, 3}) {
      running.put("broker-" + id, t.cluster.running("broker-" + id));
      running.put("controller-" + (100 + id), t.cluster.running("controller-" + (100 + id)));
    }
    assertFalse(running.containsValue(false), running::toString);
    assertTrue(t.eventually(PATIENCE_MS, () -> metadata(t) != null), "the broker serves no more");
  }

  private static List<String> ask(ClusterTrial t, int node, Flavor flavor, Uuid topicId) {
    Map<String, RawConnection> open = new TreeMap<>();
    Map<String, ApiVersion> asked = new TreeMap<>();
    for (ApiVersion api : versions(t, node).apiKeys()) {
      ApiKeys key = ApiKeys.forId(api.apiKey());
      short oldest = (short) Math.max(api.minVersion(), key.oldestVersion());
      for (short version = oldest; version <= api.maxVersion(); version++) {
        String name = key.name + " v" + version;
        open.put(
            name,
            t.connect(node)
                .send(GeneratedRequest.frame(key, version, () -> flavor, topicId, version)));
        asked.put(name, new ApiVersion().setApiKey(key.id).setMaxVersion(version));
      }
    }
    assertTrue(open.size() > 50, "next to nothing is advertised: " + open.keySet());
    t.world.await(PATIENCE_MS, () -> open.values().stream().allMatch(RawConnection::settled));
    List<String> wrong = new ArrayList<>();
    open.forEach((name, one) -> wrong.addAll(wrong(name, asked.get(name), one)));
    open.values().forEach(RawConnection::close);
    return wrong;
  }

  private static List<String> wrong(String name, ApiVersion asked, RawConnection connection) {
    if (connection.answers().isEmpty()) {
      return List.of(name + (connection.hungUp() ? " was hung up on" : " was not answered"));
    }
    ByteBuffer answer = connection.answers().get(0).duplicate();
    short version = asked.maxVersion();
    int id = Envelope.readResponseHeader(answer, asked.apiKey(), version).correlationId();
    ApiMessage body = Envelope.readResponse(answer, asked.apiKey(), version);
    if (id != version || answer.hasRemaining()) {
      return List.of(name + ": correlation id " + id + ", " + answer.remaining() + " bytes left");
    }
    return body.apiKey() == asked.apiKey() ? List.of() : List.of(name + ": " + body);
  }

  private static ApiVersionsResponseData versions(ClusterTrial t, int node) {
    ApiVersionsRequestData request =
        new ApiVersionsRequestData().setClientSoftwareName("tester").setClientSoftwareVersion("1");
    return t.call(node, request, ApiVersionsResponseData.class);
  }

  private static Uuid topicId(ClusterTrial t) {
    return metadata(t).topics().find("orders").topicId();
  }

  private static MetadataResponseData metadata(ClusterTrial t) {
    MetadataRequestData request =
        new MetadataRequestData().setTopics(List.of(new MetadataRequestTopic().setName("orders")));
    return t.call(BROKER, request, MetadataResponseData.class);
  }
}
