package dev.trial.broker.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.trial.broker.TinyWorld;
import dev.trial.broker.metadata.Feature;
import dev.trial.core.world.DiskException;
import dev.trial.core.world.Network.Address;
import dev.trial.core.world.Network.Connection;
import dev.trial.core.world.Network.ConnectionListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeServerTest {
  private static final Address SERVER = new Address("broker-1", NodeServer.BROKER_PORT);

  private final TinyWorld world = new TinyWorld(5);
  private final List<Responder> held = new ArrayList<>();
  private final List<String> clientIds = new ArrayList<>();
  private final List<ByteBuffer> answers = new ArrayList<>();
  private Runnable later = () -> fail("at once");
  private Responder syncResponder;
  private Connection connection;
  private boolean closed;

  private final List<String> faults = new ArrayList<>();
  private ServingHost host;

  @BeforeEach
  void start() {
    host = new ServingHost(world.boot("broker-1"), faults::add);
    Handlers handlers = new Handlers();
    handlers.register(
        ApiKeys.HEARTBEAT,
        (context, request, responder) -> {
          clientIds.add(context.clientId());
          held.add(responder);
        });
    handlers.register(
        ApiKeys.SYNC_GROUP,
        (context, request, responder) -> {
          syncResponder = responder;
          later.run();
        });
    ApiVersions versions = new ApiVersions(handlers, () -> 3, Feature::highest);
    versions.register();
    new NodeServer(host, handlers, versions).listen(NodeServer.BROKER_PORT);
    connection = world.boot("client").network().connect(SERVER, new Client(() -> closed = true));
    world.run(100, () -> {});
  }

  @Test
  void servesEveryVersionOfAnApi() {
    for (short version = 0; version <= ApiKeys.HEARTBEAT.latestVersion(); version++) {
      send(heartbeat(), version, version);
      held.get(version).answer(new HeartbeatResponseData());
      world.run(100, () -> {});
      assertEquals(version, correlation(version, ApiKeys.HEARTBEAT, version));
    }
    assertTrue(clientIds.stream().allMatch("tester"::equals));
  }

  @Test
  void answersInOrderAndOneAtATime() {
    send(heartbeat(), (short) 4, 1);
    send(heartbeat(), (short) 4, 2);
    assertEquals(1, held.size());
    held.get(0).answer(new HeartbeatResponseData());
    assertEquals(2, held.size());
    held.get(1).none();
    send(heartbeat(), (short) 4, 3);
    held.get(2).answer(new HeartbeatResponseData());
    world.run(100, () -> {});
    assertEquals(2, answers.size());
    assertEquals(3, correlation(1, ApiKeys.HEARTBEAT, 4));
  }

  @Test
  void answersUnknownApiVersionsInVersionZero() {
    byte[] frame = Envelope.request(new ApiVersionsRequestData(), (short) 4, 9, "tester");
    frame[7] = 99;
    connection.write(frame);
    world.run(100, () -> {});
    assertEquals(9, correlation(0, ApiKeys.API_VERSIONS, 0));
    ApiVersionsResponseData response =
        (ApiVersionsResponseData)
            Envelope.readResponse(answers.get(0), ApiKeys.API_VERSIONS.id, (short) 0);
    assertEquals(Errors.UNSUPPORTED_VERSION.code(), response.errorCode());
    assertEquals(4, response.apiKeys().find(ApiKeys.API_VERSIONS.id).maxVersion());
  }

  @Test
  void tellsWhatIsServedInEveryVersion() {
    for (short version = 0; version <= 4; version++) {
      ApiVersionsRequestData request = new ApiVersionsRequestData();
      if (version >= 3) {
        request.setClientSoftwareName("apache-kafka-java").setClientSoftwareVersion("4.3.1");
      }
      send(request, version, version);
      assertEquals(version, correlation(version, ApiKeys.API_VERSIONS, version));
      ApiVersionsResponseData response =
          (ApiVersionsResponseData)
              Envelope.readResponse(answers.get(version), ApiKeys.API_VERSIONS.id, version);
      assertEquals(3, response.apiKeys().size());
      assertEquals(0, response.errorCode());
      // Java clients 3.3 to 3.7 refuse a lowest level of 0 (KAFKA-17011, KIP-1022).
      boolean levelZero =
          response.supportedFeatures().stream().anyMatch(each -> each.minVersion() == 0);
      assertEquals(version >= 4, levelZero);
    }
  }

  @Test
  void breaksTheConnectionOnWhatIsNotServed() {
    send(heartbeat(), (short) 4, 1);
    byte[] frame = Envelope.request(heartbeat(), (short) 4, 1, "tester");
    frame[5] = (byte) ApiKeys.LEAVE_GROUP.id;
    held.get(0).answer(new HeartbeatResponseData());
    connection.write(frame);
    world.run(100, () -> {});
    assertTrue(closed);
  }

  @Test
  void breaksTheConnectionOnAnApiThatNobodyKnows() {
    byte[] frame = Envelope.request(heartbeat(), (short) 4, 1, "tester");
    frame[4] = 0x7f;
    connection.write(frame);
    world.run(100, () -> {});
    assertTrue(closed && answers.isEmpty() && held.isEmpty());
  }

  @Test
  void breaksTheConnectionOnAVersionThatIsNotServed() {
    byte[] frame = Envelope.request(heartbeat(), (short) 4, 1, "tester");
    frame[7] = 5;
    connection.write(frame);
    world.run(100, () -> {});
    assertTrue(closed && answers.isEmpty() && held.isEmpty());
  }

  @Test
  void breaksTheConnectionOnAnUnknownVersionWithHalfAHeader() {
    byte[] frame = Envelope.request(new ApiVersionsRequestData(), (short) 0, 9, "kcat");
    frame[7] = 99; // the header of that version would be longer
    connection.write(frame);
    world.run(100, () -> {});
    assertTrue(closed && answers.isEmpty());
  }

  @Test
  void aFaultInAHandlerCostsItsAnswerAndIsToldOnce() {
    for (int id = 0; id < 3; id++) {
      send(new SyncGroupRequestData(), (short) 5, id);
      assertEquals(Errors.UNKNOWN_SERVER_ERROR.code(), syncError(id));
    }
    assertEquals(1, faults.size(), faults::toString);
    assertTrue(faults.get(0).startsWith("SyncGroup version 5: "), faults::toString);
    send(heartbeat(), (short) 4, 4);
    held.get(0).answer(new HeartbeatResponseData());
    world.run(100, () -> {});
    assertEquals(4, answers.size());
  }

  @Test
  void aFaultOfALaterStepIsTheRequestsToo() {
    later = () -> host.timers().after(50, () -> fail("later"));
    send(new SyncGroupRequestData(), (short) 5, 1);
    assertEquals(Errors.UNKNOWN_SERVER_ERROR.code(), syncError(0));
    assertEquals(1, faults.size());
  }

  @Test
  void whatIsLeftBehindByAnAnsweredRequestIsTheNodesOwn() {
    send(heartbeat(), (short) 4, 1);
    later =
        () -> {
          host.timers().after(50, () -> fail("own business"));
          held.get(0).answer(new HeartbeatResponseData());
        };
    host.timers().after(0, later);
    assertThrows(AssertionError.class, () -> world.run(100, () -> {}));
    assertTrue(faults.isEmpty());
  }

  @Test
  void anAnswerThatCannotBeEncodedIsReplacedByAnError() {
    later = () -> syncResponder.answer(new SyncGroupResponseData().setAssignment(null));
    send(new SyncGroupRequestData(), (short) 5, 1);
    assertEquals(Errors.UNKNOWN_SERVER_ERROR.code(), syncError(0));
    assertEquals(1, faults.size());
  }

  @Test
  void aFailedDiskEndsTheNodeStill() {
    later =
        () -> {
          throw new DiskException("gone");
        };
    assertThrows(DiskException.class, () -> send(new SyncGroupRequestData(), (short) 5, 1));
    assertTrue(faults.isEmpty());
  }

  @Test
  void halfReadRequestsAreBoundedAndTheLargestGoesFirst() {
    List<Boolean> gone = new ArrayList<>(List.of(false, false, false));
    byte[] announced = {6, 64, 0, 0};
    byte[] chunk = new byte[1 << 20];
    int[] megabytes = {10, 20, 80};
    for (int client = 0; client < 3; client++) {
      int index = client;
      Connection each =
          world
              .boot("client-" + client)
              .network()
              .connect(SERVER, new Client(() -> gone.set(index, true)));
      world.run(100, () -> {});
      each.write(announced);
      for (int i = 0; i < megabytes[client]; i++) {
        each.write(chunk);
      }
      world.run(1_000, () -> {});
    }
    assertEquals(List.of(false, false, true), gone);
    send(heartbeat(), (short) 4, 1);
    held.get(0).answer(new HeartbeatResponseData());
    world.run(100, () -> {});
    assertEquals(1, answers.size());
  }

  private short syncError(int index) {
    ByteBuffer answer = answers.get(index).duplicate();
    Envelope.readResponseHeader(answer, ApiKeys.SYNC_GROUP.id, (short) 5);
    return ((SyncGroupResponseData) Envelope.readResponse(answer, ApiKeys.SYNC_GROUP.id, (short) 5))
        .errorCode();
  }

  private static HeartbeatRequestData heartbeat() {
    return new HeartbeatRequestData().setGroupId("g").setMemberId("m").setGenerationId(1);
  }

  private void send(ApiMessage request, short version, int correlationId) {
    connection.write(Envelope.request(request, version, correlationId, "tester"));
    world.run(100, () -> {});
  }

  private int correlation(int index, ApiKeys api, int version) {
    return Envelope.readResponseHeader(answers.get(index), api.id, (short) version).correlationId();
  }

  private final class Client implements ConnectionListener {
    private final Frames frames = new Frames(answers::add);
    private final Runnable gone;

    Client(Runnable gone) {
      this.gone = gone;
    }

    @Override
    public void connected() {}

    @Override
    public void received(byte[] bytes) {
      frames.received(bytes);
    }

    @Override
    public void closed() {
      gone.run();
    }
  }
}
