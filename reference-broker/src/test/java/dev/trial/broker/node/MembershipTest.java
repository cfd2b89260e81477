package dev.trial.broker.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.TinyWorld;
import dev.trial.broker.controller.ControllerNode;
import dev.trial.broker.defect.Defect;
import dev.trial.broker.defect.Defects;
import dev.trial.broker.metadata.BrokerState;
import dev.trial.broker.metadata.Feature;
import dev.trial.broker.metadata.ImageStore;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.ApiVersions;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.NodeServer;
import dev.trial.broker.wire.PeerConnections;
import dev.trial.broker.wire.Peers.Reply;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Address;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.kafka.common.message.AlterPartitionRequestData;
import org.apache.kafka.common.message.AlterPartitionResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three controllers and three brokers without data: membership, elections, administration. */
class MembershipTest {
  private static final List<Integer> VOTERS = List.of(101, 102, 103);
  private static final List<Integer> BROKERS = List.of(1, 2, 3);
  private static final PartitionId P0 = new PartitionId("orders", 0);
  private static final IntFunction<Optional<Address>> ADDRESSES =
      id -> Optional.of(new Address(name(id), id > 100 ? 9093 : 9092));

  private final TinyWorld world = new TinyWorld(11);
  private final Map<Integer, ControllerNode> controllers = new TreeMap<>();
  private final Map<Integer, Broker> brokers = new TreeMap<>();
  private BrokerSettings settings = new BrokerSettings(Map.of());
  private Defects defects = Defects.NONE;

  private record Broker(
      Host host,
      ImageStore images,
      MetadataFetcher fetcher,
      ControllerLink link,
      BrokerLifecycle lifecycle) {}

  @BeforeEach
  void start() {
    VOTERS.forEach(this::bootController);
    BROKERS.forEach(this::bootBroker);
    run(10_000);
    BROKERS.forEach(id -> assertFalse(brokers.get(id).lifecycle().fenced(), "fenced " + id));
    assertEquals(Errors.NONE, createTopic("orders", 3, 3));
    run(1_000);
  }

  @Test
  void placesLeadersInTurn() {
    List<PartitionState> partitions = image(1).image().topics().get("orders").partitions();
    assertEquals(3, partitions.stream().map(PartitionState::leader).distinct().count());
    assertTrue(partitions.stream().allMatch(p -> p.inSyncReplicas().size() == 3));
    assertTrue(partitions.stream().allMatch(p -> p.election() == Election.FIRST));
    assertEquals(Errors.TOPIC_ALREADY_EXISTS, createTopic("orders", 1, 1));
    assertEquals(Errors.INVALID_REPLICATION_FACTOR, createTopic("wide", 1, 4));
    assertEquals(Errors.INVALID_TOPIC_EXCEPTION, createTopic("a b", 1, 1));
  }

  @Test
  void fencesADeadBrokerAndElectsCleanly() {
    PartitionState before = state(P0);
    kill(before.leader());
    run(15_000);
    PartitionState after = state(P0);
    assertEquals(before.leaderEpoch() + 1, after.leaderEpoch());
    assertEquals(Election.CLEAN, after.election());
    assertFalse(after.inSyncReplicas().contains(before.leader()));
    assertEquals(2, metadata((short) 9).brokers().size());
  }

  @Test
  void keepsTheLastInSyncReplicaAndItsSeat() {
    int last = shrinkToLast();
    PartitionState leaderless = state(P0);
    assertEquals(-1, leaderless.leader());
    assertEquals(List.of(last), leaderless.inSyncReplicas());
    assertEquals(Election.LEADERLESS, leaderless.election());
    reboot(last);
    assertEquals(last, state(P0).leader());
    assertEquals(Election.CLEAN, state(P0).election());
  }

  @Test
  void administratorMayElectUncleanly() {
    int last = shrinkToLast();
    ElectLeadersRequestData request = new ElectLeadersRequestData().setElectionType((byte) 1);
    request
        .topicPartitions()
        .add(
            new ElectLeadersRequestData.TopicPartitions()
                .setTopic("orders")
                .setPartitions(List.of(0)));
    ask(anyBroker(), request);
    run(1_000);
    assertEquals(Election.UNCLEAN, state(P0).election());
    assertEquals(List.of(state(P0).leader()), state(P0).inSyncReplicas());
    assertTrue(state(P0).leader() != last);
  }

  @Test
  void defectElectsUncleanlyByItself() {
    defects = new Defects(EnumSet.of(Defect.UNCLEAN_THOUGH_DISABLED));
    VOTERS.forEach(id -> world.kill(name(id)));
    VOTERS.forEach(this::bootController);
    run(10_000);
    shrinkToLast();
    assertEquals(Election.UNCLEAN, state(P0).election());
  }

  @Test
  void restartedBrokerLosesItsSeats() {
    int broker = state(P0).replicas().get(1);
    reboot(broker);
    assertFalse(brokers.get(broker).lifecycle().fenced());
    assertFalse(state(P0).inSyncReplicas().contains(broker));
  }

  @Test
  void aCrashedReplicaIsNotEligibleAnyMore() {
    keepEligible();
    int first = state(P0).replicas().get(0);
    int second = state(P0).replicas().get(1);
    int last = state(P0).replicas().get(2);
    kill(first);
    kill(second);
    run(15_000);
    assertEquals(last, state(P0).leader());
    int eligible = state(P0).eligible().get(0); // who was fenced last
    assertEquals(List.of(eligible), state(P0).eligible());
    shutDown(last);
    bootBroker(eligible == first ? second : first);
    run(15_000);
    assertEquals(-1, state(P0).leader(), "nobody who is eligible is back");
    bootBroker(eligible);
    run(15_000);
    assertEquals(-1, state(P0).leader(), "a crash ends eligibility");
    assertEquals(List.of(last), state(P0).eligible());
    bootBroker(last);
    run(15_000);
    assertEquals(last, state(P0).leader());
    assertEquals(Election.ELIGIBLE, state(P0).election());
  }

  @Test
  void aReplicaThatEndedInOrderStaysEligible() {
    keepEligible();
    List<Integer> replicas = state(P0).replicas();
    kill(replicas.get(0));
    run(15_000);
    shutDown(replicas.get(1));
    assertEquals(List.of(replicas.get(1)), state(P0).eligible());
    kill(replicas.get(2));
    bootBroker(replicas.get(1));
    run(15_000);
    assertEquals(replicas.get(1), state(P0).leader());
    assertEquals(Election.ELIGIBLE, state(P0).election());
  }

  /** A cluster formatted with eligible leader replicas, and a topic of minimum 2. */
  private void keepEligible() {
    settings =
        new BrokerSettings(
            Map.of("eligible.leader.replicas.version", "1", "min.insync.replicas", "2"));
    VOTERS.forEach(id -> world.kill(name(id)));
    VOTERS.forEach(this::bootController);
    run(10_000);
  }

  private void shutDown(int broker) {
    boolean[] done = new boolean[1];
    BrokerLifecycle lifecycle = brokers.get(broker).lifecycle();
    lifecycle.shutDown(
        () -> {
          lifecycle.endedCleanly();
          done[0] = true;
        });
    run(5_000);
    assertTrue(done[0]);
    kill(broker);
  }

  @Test
  void controlledShutdownMovesLeadershipsFirst() {
    int broker = state(P0).leader();
    shutDown(broker);
    BrokerState known = image(anyBroker()).image().brokers().get(broker);
    assertTrue(known.fenced());
    assertTrue(state(P0).leader() != broker && state(P0).leader() >= 0);
  }

  @Test
  void alterPartitionChecksEpochsAndEligibility() {
    PartitionState before = state(P0);
    List<Integer> others = before.replicas().subList(1, 3);
    assertEquals(Errors.FENCED_LEADER_EPOCH, alter(before, before.leaderEpoch() - 1, 0, 0, others));
    assertEquals(Errors.INVALID_REQUEST, alter(before, 0, 0, 0, others));
    assertEquals(Errors.INELIGIBLE_REPLICA, alter(before, 0, 0, 1, before.replicas()));
    assertEquals(Errors.NONE, alter(before, 0, 0, 0, before.replicas().subList(0, 2)));
    assertEquals(Errors.INVALID_UPDATE_VERSION, alter(before, 0, 0, 0, before.replicas()));
    assertEquals(before.leaderEpoch(), state(P0).leaderEpoch());
    assertEquals(before.partitionEpoch() + 1, state(P0).partitionEpoch());
  }

  @Test
  void surviveTheControllersDeath() {
    int active =
        VOTERS.stream().filter(id -> controllers.get(id).active()).findFirst().orElseThrow();
    world.kill(name(active));
    run(10_000);
    assertEquals(Errors.NONE, createTopic("later", 2, 3));
    run(12_000);
    BROKERS.forEach(id -> assertFalse(brokers.get(id).lifecycle().fenced()));
    assertTrue(image(2).image().topics().containsKey("later"));
    assertTrue(image(2).image().topics().containsKey("orders"));
  }

  /** Only one replica is in sync, the others come back, then it dies. */
  private int shrinkToLast() {
    int last = state(P0).replicas().get(2);
    List<Integer> others = state(P0).replicas().subList(0, 2);
    others.forEach(this::kill);
    run(15_000);
    assertEquals(last, state(P0).leader());
    others.forEach(this::reboot);
    kill(last);
    run(15_000);
    return last;
  }

  private Errors alter(
      PartitionState now, int leaderEpoch, int partitionEpoch, long wrongBy, List<Integer> inSync) {
    AlterPartitionRequestData request =
        new AlterPartitionRequestData()
            .setBrokerId(now.leader())
            .setBrokerEpoch(brokers.get(now.leader()).lifecycle().brokerEpoch());
    AlterPartitionRequestData.PartitionData partition =
        new AlterPartitionRequestData.PartitionData()
            .setPartitionIndex(0)
            .setLeaderEpoch(leaderEpoch)
            .setPartitionEpoch(partitionEpoch)
            .setNewIsrWithEpochs(
                inSync.stream()
                    .map(
                        id ->
                            new AlterPartitionRequestData.BrokerState()
                                .setBrokerId(id)
                                .setBrokerEpoch(
                                    brokers.get(id).lifecycle().brokerEpoch() + wrongBy))
                    .toList());
    request
        .topics()
        .add(
            new AlterPartitionRequestData.TopicData()
                .setTopicId(image(1).image().topics().get("orders").id())
                .setPartitions(List.of(partition)));
    AlterPartitionResponseData response = (AlterPartitionResponseData) ask(now.leader(), request);
    return Errors.forCode(response.topics().get(0).partitions().get(0).errorCode());
  }

  private Errors createTopic(String name, int partitions, int factor) {
    CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(5_000);
    request
        .topics()
        .add(
            new CreateTopicsRequestData.CreatableTopic()
                .setName(name)
                .setNumPartitions(partitions)
                .setReplicationFactor((short) factor));
    CreateTopicsResponseData response = (CreateTopicsResponseData) ask(anyBroker(), request);
    return Errors.forCode(response.topics().iterator().next().errorCode());
  }

  private MetadataResponseData metadata(short version) {
    Host client = world.boot("client");
    PeerConnections connections = new PeerConnections(client, "client", ADDRESSES);
    ApiMessage[] answer = new ApiMessage[1];
    MetadataRequestData all = new MetadataRequestData().setTopics(null);
    connections.call(anyBroker(), all, version, 5_000, keep(answer));
    run(1_000);
    return (MetadataResponseData) answer[0];
  }

  private ApiMessage ask(int broker, ApiMessage request) {
    ApiMessage[] answer = new ApiMessage[1];
    brokers.get(broker).link().call(request, 20_000, keep(answer));
    run(1_000);
    assertTrue(answer[0] != null, "no answer");
    return answer[0];
  }

  private static Reply keep(ApiMessage[] answer) {
    return new Reply() {
      @Override
      public void answered(ApiMessage response) {
        answer[0] = response;
      }

      @Override
      public void failed(String why) {}
    };
  }

  private void bootController(int id) {
    ControllerNode node =
        new ControllerNode(world.boot(name(id)), id, VOTERS, settings, defects, ADDRESSES);
    controllers.put(id, node);
    node.start();
  }

  private void bootBroker(int id) {
    Host host = world.boot(name(id));
    ImageStore images = new ImageStore();
    MetadataFetcher fetcher =
        new MetadataFetcher(host, id, VOTERS, settings, connections(host), images);
    ControllerLink beats = new ControllerLink(host, connections(host), fetcher::activeController);
    ControllerLink link = new ControllerLink(host, connections(host), fetcher::activeController);
    fetcher.onControllerChange(beats::controllerChanged);
    fetcher.onControllerChange(link::controllerChanged);
    BrokerLifecycle lifecycle =
        new BrokerLifecycle(
            host, id, new Address(name(id), NodeServer.BROKER_PORT), settings, fetcher, beats);
    images.listen((before, after) -> lifecycle.metadataApplied());
    Handlers handlers = new Handlers();
    new MetadataHandlers(id, images::image, settings, link).register(handlers);
    new AdminForwarding(id, link).register(handlers);
    ApiVersions versions = new ApiVersions(handlers, fetcher::appliedOffset, Feature::highest);
    versions.register();
    new NodeServer(host, handlers, versions).listen(NodeServer.BROKER_PORT);
    brokers.put(id, new Broker(host, images, fetcher, link, lifecycle));
    fetcher.start();
    lifecycle.start();
  }

  private static PeerConnections connections(Host host) {
    return new PeerConnections(host, host.name(), ADDRESSES);
  }

  private void reboot(int id) {
    kill(id);
    bootBroker(id);
    run(30_000);
  }

  private void kill(int id) {
    world.kill(name(id));
    brokers.remove(id);
  }

  private int anyBroker() {
    return brokers.keySet().iterator().next();
  }

  private ImageStore image(int broker) {
    return brokers.get(broker).images();
  }

  private PartitionState state(PartitionId partition) {
    return image(anyBroker()).image().partition(partition).orElseThrow();
  }

  private void run(long ms) {
    world.run(ms, () -> {});
  }

  private static String name(int id) {
    return (id > 100 ? "controller-" : "broker-") + id;
  }
}
