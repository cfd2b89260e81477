package dev.trial.broker.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.wire.DamagedFrame;
import dev.trial.broker.wire.Flavor;
import dev.trial.broker.wire.GeneratedRequest;
import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.PartitionId;
import dev.trial.core.profile.Profile;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/**
 * Requests whose values are each of another kind, a part of them damaged on their way: whatever
 * comes of them, no node ends and no handler fails.
 */
class FuzzedRequestsTest {
  private static final PartitionId PARTITION = new PartitionId("orders", 0);
  private static final long SETTLED_MS = 120_000;

  private static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("offsets.topic.num.partitions", 2)
          .broker("transaction.state.log.num.partitions", 2)
          .broker("group.initial.rebalance.delay.ms", 0);

  /** The same requests in every build, so that what fails is what changed. */
  @Property(tries = 6, seed = "20261201", shrinking = ShrinkingMode.OFF)
  void harmNobody(@ForAll long seed) {
    assertUnharmed(seed);
  }

  /** The search for what nobody thought of: others each time, for some minutes. */
  @Tag("flood")
  @Property(tries = 1_000, shrinking = ShrinkingMode.OFF)
  void harmNobodyHoweverMany(@ForAll long seed) {
    assertUnharmed(seed);
  }

  private static void assertUnharmed(long seed) {
    ClusterTrial trial = ClusterTrial.run(seed, PROFILE, t -> fuzz(t, new RandomStream(seed)));
    assertEquals(List.of(), trial.handlerFaults(), () -> String.join("\n", trial.logs));
  }

  private static void fuzz(ClusterTrial t, RandomStream random) {
    t.cluster.createTopics(List.of(new TopicSpec("orders", 2, 3, Map.of())));
    int leader = t.cluster.leader(PARTITION).orElseThrow();
    Uuid topicId = metadata(t, leader).topics().find("orders").topicId();
    for (int value = 0; value < 3; value++) {
      t.call(
          leader,
          Requests.produce(topicId, PARTITION, value, (short) -1),
          ProduceResponseData.class);
    }
    int controller = t.cluster.activeController().orElseThrow();
    for (int round = 0; round < 3; round++) {
      List<RawConnection> open = new ArrayList<>();
      open.addAll(ask(t, leader, topicId, random));
      open.addAll(ask(t, controller, topicId, random));
      t.world.sleep(2_000);
      open.forEach(RawConnection::close);
    }
    t.world.sleep(SETTLED_MS);
    for (int broker = 1; broker <= 3; broker++) {
      assertTrue(t.cluster.running("broker-" + broker));
      assertTrue(t.cluster.running("controller-10" + broker));
    }
    assertTrue(t.eventually(SETTLED_MS, () -> metadata(t, leader) != null), "it serves no more");
  }

  private static List<RawConnection> ask(
      ClusterTrial t, int node, Uuid topicId, RandomStream random) {
    List<RawConnection> open = new ArrayList<>();
    Supplier<Flavor> flavors =
        () -> random.chance(0.6) ? Flavor.KNOWN : random.pick(List.of(Flavor.values()));
    for (ApiVersion api : versions(t, node).apiKeys()) {
      ApiKeys key = ApiKeys.forId(api.apiKey());
      short oldest = (short) Math.max(api.minVersion(), key.oldestVersion());
      for (short version = oldest; version <= api.maxVersion(); version++) {
        byte[] frame = GeneratedRequest.frame(key, version, flavors, topicId, version);
        open.add(t.connect(node).send(random.chance(0.3) ? DamagedFrame.of(frame, random) : frame));
      }
    }
    return open;
  }

  private static ApiVersionsResponseData versions(ClusterTrial t, int node) {
    ApiVersionsRequestData request =
        new ApiVersionsRequestData().setClientSoftwareName("tester").setClientSoftwareVersion("1");
    return t.call(node, request, ApiVersionsResponseData.class);
  }

  private static MetadataResponseData metadata(ClusterTrial t, int broker) {
    MetadataRequestData request =
        new MetadataRequestData().setTopics(List.of(new MetadataRequestTopic().setName("orders")));
    return t.call(broker, request, MetadataResponseData.class);
  }
}
