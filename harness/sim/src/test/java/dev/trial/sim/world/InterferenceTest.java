package dev.trial.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.fault.Links;
import dev.trial.core.fault.Links.Interference;
import dev.trial.core.world.Host;
import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterferenceTest {
  private static final List<String> BROKER = List.of("broker-1");
  private static final int PRODUCE = 0;
  private static final int METADATA = 3;

  private final Simulation simulation = new Simulation(new SimulationOptions(11));
  private final Links links = simulation.machines().links();
  private final List<Integer> served = new ArrayList<>();
  private TestClient client;

  /** Answers each frame with its correlation id, in order. */
  private final class Server implements ConnectionListener {
    private final Connection connection;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

    Server(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void connected() {}

    @Override
    public void received(byte[] bytes) {
      partial.writeBytes(bytes);
      ByteBuffer all = ByteBuffer.wrap(partial.toByteArray());
      while (all.remaining() >= 4 && all.remaining() >= 4 + all.getInt(all.position())) {
        int length = all.getInt();
        int correlationId = all.getInt(all.position() + 4);
        all.position(all.position() + length);
        served.add(correlationId);
        connection.write(answer(correlationId, 0));
      }
      byte[] rest = new byte[all.remaining()];
      all.get(rest);
      partial.reset();
      partial.writeBytes(rest);
    }

    @Override
    public void closed() {}
  }

  private static byte[] answer(int correlationId, int error) {
    return ByteBuffer.allocate(12).putInt(8).putInt(correlationId).putInt(error).array();
  }

  private static byte[] request(int apiKey, int correlationId) {
    return ByteBuffer.allocate(22)
        .putInt(18)
        .putShort((short) apiKey)
        .putShort((short) 8)
        .putInt(correlationId)
        .putShort((short) -1)
        .putShort((short) -1)
        .putShort((short) -1)
        .putInt(0)
        .array();
  }

  private void run(Runnable body) {
    simulation.execute(
        () -> {
          simulation.machines().machine("broker-1").boot(this::serve);
          client = TestClient.start(simulation, "client", "broker-1");
          assertTrue(simulation.world().await(1_000, () -> client.connected));
          body.run();
        });
  }

  private Host serve(Host host) {
    host.network().listen(9092, (connection, remote) -> new Server(connection));
    return host;
  }

  private void send(int... apis) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < apis.length; i++) {
      all.writeBytes(request(apis[i], i));
    }
    // split at an odd place, so that a header is torn
    byte[] bytes = all.toByteArray();
    client.write(java.util.Arrays.copyOf(bytes, 7));
    simulation.world().sleep(3);
    client.write(java.util.Arrays.copyOfRange(bytes, 7, bytes.length));
  }

  private List<String> answers() {
    List<String> answers = new ArrayList<>();
    ByteBuffer all = ByteBuffer.wrap(client.heard.toByteArray());
    while (all.hasRemaining()) {
      assertEquals(8, all.getInt());
      answers.add(all.getInt() + ":" + all.getInt());
    }
    return answers;
  }

  @Test
  void withoutFaultsFramesPass() {
    run(
        () -> {
          send(METADATA, PRODUCE, METADATA);
          simulation.world().sleep(50);
          assertEquals(List.of("0:0", "1:0", "2:0"), answers());
        });
  }

  @Test
  void aDroppedAnswerTakesAllLaterOnesWithIt() {
    run(
        () -> {
          links.interfere("i", BROKER, new Interference.DropAnswer("PRODUCE", 1));
          send(METADATA, PRODUCE, METADATA);
          simulation.world().sleep(500);
          assertEquals(List.of(0, 1, 2), served, "the effect happened");
          assertEquals(List.of("0:0"), answers());
          assertEquals(0, client.closed);
        });
  }

  @Test
  void aDelayedRequestAndWhatFollowsComeLate() {
    run(
        () -> {
          links.interfere("i", BROKER, new Interference.DelayRequest("PRODUCE", 400, 1));
          send(METADATA, PRODUCE, METADATA, PRODUCE);
          simulation.world().sleep(300);
          assertEquals(List.of(0), served);
          simulation.world().sleep(150);
          assertEquals(List.of(0, 1, 2, 3), served);
          assertEquals(List.of("0:0", "1:0", "2:0", "3:0"), answers());
        });
  }

  @Test
  void aDelayedAnswerComesLate() {
    run(
        () -> {
          links.interfere("i", BROKER, new Interference.DelayAnswer("PRODUCE", 400, 1));
          send(METADATA, PRODUCE, METADATA);
          simulation.world().sleep(300);
          assertEquals(List.of(0, 1, 2), served);
          assertEquals(List.of("0:0"), answers());
          simulation.world().sleep(150);
          assertEquals(List.of("0:0", "1:0", "2:0"), answers());
        });
  }

  @Test
  void aRefusedRequestIsAnsweredInItsTurnAndNotServed() {
    simulation.refusal(
        (request, error) ->
            ByteBuffer.allocate(8).putInt(ByteBuffer.wrap(request).getInt(4)).putInt(7).array());
    run(
        () -> {
          links.interfere("i", BROKER, new Interference.Refuse("PRODUCE", "NOT_LEADER", 2));
          send(METADATA, PRODUCE, METADATA, PRODUCE, PRODUCE);
          simulation.world().sleep(100);
          assertEquals(List.of(0, 2, 4), served);
          assertEquals(List.of("0:0", "1:7", "2:0", "3:7", "4:0"), answers());
        });
  }

  @Test
  void aHealedFaultStrikesNoMore() {
    run(
        () -> {
          links.interfere("i", BROKER, new Interference.DropAnswer("PRODUCE", 100));
          links.heal("i");
          send(PRODUCE, PRODUCE);
          simulation.world().sleep(50);
          assertEquals(List.of("0:0", "1:0"), answers());
        });
  }

  @Test
  void anUnknownRequestNameIsAnError() {
    assertThrows(
        IllegalArgumentException.class,
        () -> links.interfere("i", BROKER, new Interference.DropAnswer("PRODUZE", 1)));
  }
}
