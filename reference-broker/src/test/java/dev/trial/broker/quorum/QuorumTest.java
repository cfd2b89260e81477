package dev.trial.broker.quorum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.TinyWorld;
import dev.trial.broker.metadata.Feature;
import dev.trial.broker.settings.BrokerSettings;
import dev.trial.broker.wire.ApiVersions;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.NodeServer;
import dev.trial.broker.wire.PeerConnections;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Voters under crashes, power loss and partitions. After every event: one leader per epoch, and
 * what anyone saw committed at an offset is the same for all and never changes.
 */
class QuorumTest {
  private static final List<Integer> VOTERS = List.of(101, 102, 103);
  private static final IntFunction<Optional<Address>> ADDRESSES =
      id -> Optional.of(new Address(name(id), NodeServer.CONTROLLER_PORT));

  private final Map<Integer, Quorum> nodes = new TreeMap<>();
  private final Map<Integer, Integer> leaderOfEpoch = new TreeMap<>();
  private final List<byte[]> committed = new ArrayList<>();
  private int active = -1;
  private TinyWorld world;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void survivesCrashesAndPartitions(long seed) {
    world = new TinyWorld(seed);
    VOTERS.forEach(this::boot);
    world.run(8_000, this::look);
    assertTrue(active > 0, "no leader");
    RandomStream chaos = world.random().fork("chaos");
    for (int round = 0; round < 60; round++) {
      disturb(chaos);
      world.run(chaos.between(10, 1_500), this::look);
      Quorum leader = nodes.get(active);
      if (leader != null) {
        leader.append(new byte[] {(byte) round, (byte) seed});
      }
    }
    int before = committed.size();
    world.healAll();
    VOTERS.stream().filter(id -> !nodes.containsKey(id)).toList().forEach(this::boot);
    world.run(20_000, this::look);
    Quorum leader = nodes.get(active);
    assertTrue(leader != null && leader.append(new byte[] {99}) >= 0, "no leader after healing");
    world.run(2_000, this::look);
    assertTrue(committed.size() > before, "nothing committed after healing");
    assertArrayEquals(new byte[] {99}, committed.get(committed.size() - 1));
    for (Quorum node : nodes.values()) {
      assertEquals(committed.size(), node.highWatermark());
    }
  }

  @Test
  void idleQuorumIsQuietAndKeepsItsLeader() {
    world = new TinyWorld(7);
    VOTERS.forEach(this::boot);
    world.run(5_000, this::look);
    int epoch = nodes.get(active).epoch();
    long before = world.handled();
    world.run(60_000, this::look);
    assertEquals(epoch, nodes.get(active).epoch());
    long perSecond = (world.handled() - before) / 60;
    assertTrue(perSecond < 60, perSecond + " events a second");
  }

  @Test
  void leaderWithoutMajorityStepsDown() {
    world = new TinyWorld(3);
    VOTERS.forEach(this::boot);
    world.run(5_000, this::look);
    int old = active;
    VOTERS.forEach(id -> world.cut(name(old), name(id), true));
    world.run(10_000, this::look);
    assertTrue(nodes.get(old).role() != Quorum.Role.LEADER);
    assertTrue(active != old && nodes.get(active).role() == Quorum.Role.LEADER);
  }

  private void disturb(RandomStream chaos) {
    int id = chaos.pick(VOTERS);
    switch (chaos.nextInt(6)) {
      case 0 -> stop(id, false);
      case 1 -> stop(id, true);
      case 2 -> VOTERS.forEach(other -> world.cut(name(id), name(other), true));
      case 3 -> world.cut(name(id), name(chaos.pick(VOTERS)), true);
      case 4 -> world.healAll();
      default -> VOTERS.stream().filter(v -> !nodes.containsKey(v)).toList().forEach(this::boot);
    }
  }

  private void stop(int id, boolean power) {
    nodes.remove(id);
    if (active == id) {
      active = -1;
    }
    if (power) {
      world.losePower(name(id));
    } else {
      world.kill(name(id));
    }
  }

  private void boot(int id) {
    Host host = world.boot(name(id));
    Handlers handlers = new Handlers();
    Quorum quorum =
        new Quorum(
            host,
            id,
            VOTERS,
            new BrokerSettings(Map.of()),
            new PeerConnections(host, "fetch", ADDRESSES),
            new PeerConnections(host, "call", ADDRESSES),
            ADDRESSES,
            new Witness(id));
    quorum.register(handlers);
    ApiVersions versions = new ApiVersions(handlers, () -> -1, Feature::highest);
    new NodeServer(host, handlers, versions).listen(NodeServer.CONTROLLER_PORT);
    nodes.put(id, quorum);
    quorum.start();
  }

  private void look() {
    nodes.forEach(
        (id, node) -> {
          if (node.role() == Quorum.Role.LEADER) {
            Integer known = leaderOfEpoch.putIfAbsent(node.epoch(), id);
            assertTrue(known == null || known.equals(id), "two leaders in " + node.epoch());
          }
        });
  }

  private static String name(int id) {
    return "controller-" + id;
  }

  private final class Witness implements QuorumListener {
    private final int id;
    private long next;

    Witness(int id) {
      this.id = id;
    }

    @Override
    public void committed(long offset, byte[] payload) {
      assertEquals(next++, offset);
      if (offset == committed.size()) {
        committed.add(payload);
      } else {
        assertArrayEquals(committed.get((int) offset), payload, "committed entry changed");
      }
    }

    @Override
    public void leading(int epoch) {
      assertEquals(committed.size(), next, "a new leader lacks committed entries");
      active = id;
    }

    @Override
    public void resigned() {
      if (active == id) {
        active = -1;
      }
    }
  }
}
