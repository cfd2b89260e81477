package dev.trial.sim.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.world.Machine;
import dev.trial.core.world.RandomStream;
import dev.trial.core.world.World;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final List<String> CLIENT = List.of("client");
  private static final List<String> BROKER = List.of("broker-1");

  private final Simulation simulation =
      new Simulation(new SimulationOptions(7).withSendBuffer(1_000));
  private final World world = simulation.world();
  private final Machine machine = simulation.machines().machine("broker-1");
  private EchoNode node;
  private TestClient client;

  private void connected(boolean echo, Runnable then) {
    simulation.execute(
        () -> {
          node = machine.boot(host -> new EchoNode(host, echo));
          client = TestClient.start(simulation, "client", "broker-1");
          assertTrue(world.await(1_000, () -> client.connected));
          then.run();
        });
  }

  @Test
  void bytesGoThereAndBack() {
    connected(
        true,
        () -> {
          assertEquals(5, client.write("hello".getBytes()));
          assertTrue(world.await(1_000, () -> client.heard.size() == 5));
          assertEquals("hello", client.heard.toString());
        });
  }

  @Test
  void nobodyListensMeansRefused() {
    simulation.execute(
        () -> {
          client = TestClient.start(simulation, "client", "broker-1");
          assertTrue(world.await(1_000, () -> client.closed == 1));
          assertFalse(client.connected);
        });
  }

  @Test
  void aSendBufferTakesWhatFitsAndTellsWhenThereIsRoom() {
    connected(
        false,
        () -> {
          assertEquals(1_000, client.write(new byte[1_500]));
          assertEquals(0, client.write(new byte[1]));
          assertTrue(world.await(1_000, () -> client.writable == 1));
          assertEquals(500, client.write(new byte[500]));
        });
  }

  @Test
  void buffersWrittenTogetherTravelTogetherAsFarAsThereIsRoom() {
    connected(
        false,
        () -> {
          ByteBuffer[] buffers = {
            ByteBuffer.wrap("left out".getBytes()),
            ByteBuffer.wrap("head, ".getBytes()),
            ByteBuffer.wrap("body".getBytes()),
            ByteBuffer.allocate(1_500)
          };
          assertEquals(1_000, client.socket.write(buffers, 1, 3));
          assertEquals(510, buffers[3].remaining());
          assertEquals(8, buffers[0].remaining());
          assertTrue(world.await(1_000, () -> node.heard.size() > 0));
          assertEquals(1_000, node.heard.size(), "one segment");
          assertTrue(node.heard.toString().startsWith("head, body\0"));
        });
  }

  @Test
  void whatANodeSendsAfterACallToASlowDiskLeavesWhenItIsServed() {
    simulation.execute(
        () -> {
          machine.diskFaults().slow(500, 0);
          node = machine.boot(host -> new EchoNode(host, true));
          client = TestClient.start(simulation, "client", "broker-1");
          assertTrue(world.await(1_000, () -> client.connected));
          client.write("fast".getBytes());
          assertTrue(world.await(100, () -> client.heard.size() == 4));
          node.beforeEcho = () -> node.host.disk().open("a.log").flush();
          client.write("slow".getBytes());
          world.sleep(400);
          assertEquals(4, client.heard.size());
          assertTrue(world.await(200, () -> client.heard.size() == 8));
        });
  }

  @Test
  void aCutKeepsBytesUntilItHeals() {
    connected(
        true,
        () -> {
          simulation.machines().links().cut("one", CLIENT, BROKER);
          simulation.machines().links().cut("two", CLIENT, BROKER);
          client.write("late".getBytes());
          world.sleep(5_000);
          assertEquals(0, node.heard.size());
          simulation.machines().links().heal("one");
          world.sleep(1_000);
          assertEquals(0, node.heard.size(), "the other cut is still there");
          simulation.machines().links().heal("two");
          assertTrue(world.await(1_000, () -> client.heard.size() == 4));
          assertEquals(0, client.closed);
        });
  }

  @Test
  void aOneWayCutStopsAnswersAndAcknowledgements() {
    connected(
        true,
        () -> {
          simulation.machines().links().cut("c", BROKER, CLIENT);
          assertEquals(800, client.write(new byte[800]));
          assertTrue(world.await(1_000, () -> node.heard.size() == 800));
          assertEquals(200, client.write(new byte[800]), "nothing was acknowledged");
          simulation.machines().links().healAll();
          assertTrue(world.await(1_000, () -> client.heard.size() == 1_000));
          assertEquals(1, client.writable);
        });
  }

  @Test
  void aConnectionRequestSurvivesACut() {
    simulation.execute(
        () -> {
          node = machine.boot(host -> new EchoNode(host, true));
          simulation.machines().links().cut("c", CLIENT, BROKER);
          client = TestClient.start(simulation, "client", "broker-1");
          world.sleep(3_000);
          assertFalse(client.connected || client.closed > 0);
          simulation.machines().links().heal("c");
          assertTrue(world.await(1_000, () -> client.connected && node.accepted == 1));
        });
  }

  @Test
  void aFrozenMachineTakesNothingUntilHealedEvenAfterTheClientLeft() {
    connected(
        false,
        () -> {
          simulation.machines().links().freeze("f", CLIENT, BROKER, 10);
          assertEquals(10, client.write(new byte[100]));
          assertEquals(0, client.write(new byte[100]));
          world.sleep(2_000);
          assertEquals(0, node.heard.size());
          client.socket.close();
          assertEquals(-1, client.write(new byte[1]));
          simulation.machines().links().heal("f");
          assertTrue(world.await(1_000, () -> node.heard.size() == 10 && node.closed == 1));
        });
  }

  @Test
  void aKilledNodeResetsItsConnections() {
    connected(
        false,
        () -> {
          machine.kill();
          assertTrue(world.await(1_000, () -> client.closed == 1));
          assertFalse(machine.running());
        });
  }

  @Test
  void aMachineWithoutPowerIsSilentUntilItBootsAgain() {
    connected(
        false,
        () -> {
          machine.losePower();
          client.write("x".getBytes());
          world.sleep(10_000);
          assertEquals(0, client.closed);
          EchoNode next = machine.boot(host -> new EchoNode(host, false));
          assertTrue(world.await(1_000, () -> client.closed == 1));
          assertEquals(0, next.heard.size());
        });
  }

  @Test
  void aPausedNodeAcceptsButTakesNothing() {
    simulation.execute(
        () -> {
          node = machine.boot(host -> new EchoNode(host, true));
          machine.pause();
          client = TestClient.start(simulation, "client", "broker-1");
          assertTrue(world.await(1_000, () -> client.connected));
          assertEquals(1_000, client.write(new byte[1_200]));
          world.sleep(1_000);
          assertEquals(0, node.accepted);
          assertEquals(0, client.write(new byte[1]));
          machine.resume();
          assertTrue(world.await(1_000, () -> client.heard.size() == 1_000));
        });
  }

  @Test
  void aKilledClientsLastBytesStillArrive() {
    connected(
        false,
        () -> {
          client.write("last".getBytes());
          simulation.killProcess("client");
          assertFalse(simulation.processAlive("client"));
          assertTrue(world.await(1_000, () -> node.closed == 1));
          assertEquals("last", node.heard.toString());
        });
  }

  @Test
  void aPausedClientHearsOnlyAfterItResumes() {
    connected(
        false,
        () -> {
          simulation.pauseProcess("client");
          node.latest.write("hello".getBytes());
          world.sleep(1_000);
          assertEquals(0, client.heard.size());
          simulation.resumeProcess("client");
          assertTrue(world.await(1_000, () -> client.heard.size() == 5));
        });
  }

  @Test
  void aResetReachesBothEnds() {
    connected(
        false,
        () -> {
          simulation.machines().links().reset(CLIENT, BROKER);
          assertTrue(world.await(1_000, () -> client.closed == 1 && node.closed == 1));
        });
  }

  @Test
  void latencyFaultsDelayBothWaysUntilHealed() {
    connected(
        true,
        () -> {
          simulation.machines().links().delay("d", BROKER, CLIENT, 100, 0);
          client.write("x".getBytes());
          world.sleep(195);
          assertEquals(0, client.heard.size());
          assertTrue(world.await(50, () -> client.heard.size() == 1));
          simulation.machines().links().heal("d");
          client.write("y".getBytes());
          assertTrue(world.await(20, () -> client.heard.size() == 2));
        });
  }

  /** Whatever is cut, frozen, paused and healed: every byte taken arrives, in order. */
  @Property(tries = 150)
  void streamsLoseNothing(@ForAll long seed) {
    Simulation sim = new Simulation(new SimulationOptions(seed).withSendBuffer(700));
    RandomStream random = new RandomStream(seed ^ 1);
    Machine broker = sim.machines().machine("broker-1");
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    sim.execute(
        () -> {
          EchoNode echo = broker.boot(host -> new EchoNode(host, true));
          TestClient peer = TestClient.start(sim, "client", "broker-1");
          assertTrue(sim.world().await(1_000, () -> peer.connected));
          for (int i = 0; i < 60; i++) {
            disturb(sim, broker, random);
            byte[] bytes = new byte[1 + random.nextInt(400)];
            for (int b = 0; b < bytes.length; b++) {
              bytes[b] = (byte) random.nextInt(256);
            }
            sent.write(bytes, 0, peer.write(bytes));
            sim.world().sleep(random.nextInt(4));
          }
          sim.machines().links().healAll();
          broker.resume();
          sim.resumeProcess("client");
          assertTrue(sim.world().await(5_000, () -> peer.heard.size() == sent.size()));
          assertArrayEquals(sent.toByteArray(), echo.heard.toByteArray());
          assertArrayEquals(sent.toByteArray(), peer.heard.toByteArray());
        });
  }

  private static void disturb(Simulation sim, Machine broker, RandomStream random) {
    String id = "f" + random.nextInt(3);
    switch (random.nextInt(10)) {
      case 0 -> sim.machines().links().cut(id, CLIENT, BROKER);
      case 1 -> sim.machines().links().cut(id, BROKER, CLIENT);
      case 2 -> sim.machines().links().freeze(id, CLIENT, BROKER, random.nextInt(300));
      case 3 -> sim.machines().links().delay(id, CLIENT, BROKER, random.nextInt(20), 5);
      case 4 -> broker.pause();
      case 5 -> broker.resume();
      case 6 -> sim.pauseProcess("client");
      case 7 -> sim.resumeProcess("client");
      default -> sim.machines().links().heal(id);
    }
  }
}
