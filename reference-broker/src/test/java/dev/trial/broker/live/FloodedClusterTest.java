package dev.trial.broker.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.cluster.ReferenceCluster;
import dev.trial.broker.cluster.ReferenceClusterOptions;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.wire.DamagedFrame;
import dev.trial.broker.wire.Envelope;
import dev.trial.broker.wire.Flavor;
import dev.trial.broker.wire.GeneratedRequest;
import dev.trial.broker.wire.NodeServer;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunRecorder;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.RandomStream;
import dev.trial.live.machine.DirectRoutes;
import dev.trial.live.machine.LiveMachines;
import dev.trial.live.world.LiveWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that no client would send, over TCP, at every node of a cluster that is in use. */
@Timeout(600)
class FloodedClusterTest {
  private static final Uuid NOBODY = new Uuid(3, 4);
  private static final int UNANSWERED_MS = 20;
  private static final int ANSWERED_MS = 30_000;
  private static final int MEGABYTE = 1 << 20;
  private static final byte[] ANNOUNCEMENT = {6, 64, 0, 0}; // 100 MB

  private static final Profile PROFILE =
      Profile.DEFAULTS
          .broker("broker.session.timeout.ms", 30_000)
          .broker("controller.quorum.fetch.timeout.ms", 20_000)
          .broker("offsets.topic.num.partitions", 3)
          .broker("transaction.state.log.num.partitions", 3)
          .broker("group.initial.rebalance.delay.ms", 0);

  @TempDir private Path directory;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final LiveWorld world = new LiveWorld(5);
  private LiveMachines machines;
  private ReferenceCluster cluster;
  private PlainUser user;
  private Thread using;

  @BeforeEach
  void start() throws Exception {
    machines =
        new LiveMachines(
            directory, world.clock(), new DirectRoutes(), null, new RandomStream(5), log::add);
    cluster =
        new ReferenceCluster(
            new ReferenceClusterOptions(PROFILE, Defects.NONE),
            world,
            machines,
            new RunRecorder(world.clock(), operation -> {}));
    cluster.start();
    user = new PlainUser(cluster.bootstrapServers());
    using = new Thread(user, "plain-user");
    using.start();
  }

  @AfterEach
  void close() {
    cluster.close();
    machines.close();
    world.close();
  }

  @Test
  void everyRequestAndAFewThousandDamagedFramesHarmNobody() throws Exception {
    everyRequest(address("broker-1", NodeServer.BROKER_PORT));
    everyRequest(address("controller-101", NodeServer.CONTROLLER_PORT));
    flood(4_000, 20);
    unharmed();
  }

  /** Left out of the build: minutes. */
  @Test
  @Tag("flood")
  void aHundredThousandDamagedFramesOverFiftyConnectionsHarmNobody() throws Exception {
    flood(100_000, 50);
    unharmed();
  }

  @Test
  void announcementsOfLargeRequestsHoldLittle() throws Exception {
    long before = heapBytes();
    List<Attacker> open = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Attacker each = new Attacker(address("broker-1", NodeServer.BROKER_PORT), UNANSWERED_MS);
      open.add(each);
      each.send(ANNOUNCEMENT);
    }
    long announced = heapBytes();
    assertTrue(announced - before < 64L * MEGABYTE, announced + " bytes, before " + before);
    byte[] half = new byte[8 * MEGABYTE];
    int hungUpOn = 0;
    for (Attacker each : open) {
      hungUpOn += each.send(half) ? 0 : 1;
    }
    for (Attacker each : open) {
      hungUpOn += each.hungUpOn() ? 1 : 0;
    }
    assertTrue(hungUpOn >= 60 - 128 / 8, hungUpOn + " of 60 with 480 MB of half requests");
    long held = heapBytes();
    assertTrue(held - before < 256L * MEGABYTE, held + " bytes, before " + before);
    assertTrue(log.stream().anyMatch(line -> line.contains("half-read requests")), log::toString);
    for (Attacker each : open) {
      each.close();
    }
    unharmed();
  }

  /** Who pipelines without reading is not read from any more, and costs no memory. */
  @Test
  void whoReadsNoAnswersIsNotReadFromEither() throws Exception {
    long before = heapBytes();
    byte[] request =
        Envelope.request(new ApiVersionsRequestData(), (short) 0, 1, "x".repeat(1_000));
    try (Attacker deaf = new Attacker(address("broker-1", NodeServer.BROKER_PORT), 1)) {
      Thread writing = new Thread(() -> pipeline(deaf, request), "deaf");
      writing.setDaemon(true);
      writing.start();
      writing.join(3_000);
      assertTrue(writing.isAlive(), "300 MB of requests were taken, and their answers kept");
      long held = heapBytes();
      assertTrue(held - before < 128L * MEGABYTE, held + " bytes, before " + before);
    }
    unharmed();
  }

  private static void pipeline(Attacker attacker, byte[] request) {
    for (int i = 0; i < 300_000 && attacker.send(request); i++) {
      // goes on while it is taken
    }
  }

  private Address address(String machine, int port) {
    return machines.clientAddress(machine, port);
  }

  private List<Address> nodes() {
    List<Address> nodes = new ArrayList<>();
    for (int id = 1; id <= 3; id++) {
      nodes.add(address("broker-" + id, NodeServer.BROKER_PORT));
      nodes.add(address("controller-" + (100 + id), NodeServer.CONTROLLER_PORT));
    }
    return nodes;
  }

  private static void everyRequest(Address node) throws IOException {
    int asked = 0;
    for (ApiVersion api : versions(node).apiKeys()) {
      ApiKeys key = ApiKeys.forId(api.apiKey());
      short oldest = (short) Math.max(api.minVersion(), key.oldestVersion());
      for (short version = oldest; version <= api.maxVersion(); version++) {
        byte[] frame = GeneratedRequest.frame(key, version, () -> Flavor.UNKNOWN, NOBODY, version);
        try (Attacker client = new Attacker(node, ANSWERED_MS)) {
          Optional<ByteBuffer> answer = client.ask(frame);
          assertTrue(answer.isPresent(), key + " version " + version + " was not answered");
          assertEquals(
              version, Envelope.readResponseHeader(answer.get(), key.id, version).correlationId());
          Envelope.readResponse(answer.get(), key.id, version);
          assertEquals(0, answer.get().remaining(), key + " version " + version);
          asked++;
        }
      }
    }
    assertTrue(asked > 50, "next to nothing is served: " + asked);
  }

  private static ApiVersionsResponseData versions(Address node) throws IOException {
    try (Attacker client = new Attacker(node, ANSWERED_MS)) {
      ByteBuffer answer =
          client
              .ask(Envelope.request(new ApiVersionsRequestData(), (short) 0, 1, "tester"))
              .orElseThrow();
      Envelope.readResponseHeader(answer, ApiKeys.API_VERSIONS.id, (short) 0);
      return (ApiVersionsResponseData)
          Envelope.readResponse(answer, ApiKeys.API_VERSIONS.id, (short) 0);
    }
  }

  private void flood(int frames, int connections) throws Exception {
    ExecutorService attackers = Executors.newFixedThreadPool(connections);
    try {
      List<Future<Integer>> running = new ArrayList<>();
      List<Address> nodes = nodes();
      for (int i = 0; i < connections; i++) {
        int number = i;
        Callable<Integer> attack =
            () -> attack(nodes.get(number % nodes.size()), frames / connections, number);
        running.add(attackers.submit(attack));
      }
      int hungUpOn = 0;
      for (Future<Integer> each : running) {
        hungUpOn += each.get();
      }
      assertTrue(hungUpOn > frames / 20, "hardly any frame was refused: " + hungUpOn);
    } finally {
      attackers.shutdownNow();
    }
  }

  private static int attack(Address node, int frames, int number) throws IOException {
    RandomStream random = new RandomStream(number);
    List<ApiKeys> apis = Arrays.stream(ApiKeys.values()).filter(ApiKeys::hasValidVersion).toList();
    int hungUpOn = 0;
    try (Attacker attacker = new Attacker(node, UNANSWERED_MS)) {
      for (int i = 0; i < frames; i++) {
        ApiKeys api = random.pick(apis);
        short version = (short) random.between(api.oldestVersion(), api.latestVersion());
        byte[] frame =
            GeneratedRequest.frame(
                api, version, () -> random.pick(List.of(Flavor.values())), NOBODY, i);
        hungUpOn += attacker.strike(DamagedFrame.of(frame, random)) ? 1 : 0;
      }
    }
    return hungUpOn;
  }

  private void unharmed() throws Exception {
    user.stop();
    using.join();
    int acknowledged = user.acknowledged();
    assertTrue(acknowledged > 0);
    assertEquals(acknowledged, user.read(acknowledged));
    for (int id = 1; id <= 3; id++) {
      assertTrue(cluster.running("broker-" + id), log::toString);
      assertTrue(cluster.running("controller-" + (100 + id)), log::toString);
    }
    List<String> faults =
        log.stream()
            .filter(line -> line.contains(" FAILED ") || line.contains("a handler failed"))
            .toList();
    assertEquals(List.of(), faults);
  }

  private static long heapBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
