package dev.trial.broker.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.broker.TinyWorld;
import dev.trial.core.world.Host;
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
  private Connection connection;
  private boolean closed;

  @BeforeEach
  void start() {
    Host host = world.boot("broker-1");
    Handlers handlers = new Handlers();
    handlers.register(
        ApiKeys.HEARTBEAT,
        (context, request, responder) -> {
          clientIds.add(context.clientId());
          held.add(responder);
        });
    ApiVersions versions = new ApiVersions(handlers, () -> 3, 2);
    versions.register();
    new NodeServer(host, handlers, versions).listen(NodeServer.BROKER_PORT);
    connection = world.boot("client").network().connect(SERVER, new Client());
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
      assertEquals(2, response.apiKeys().size());
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
    frame[5] = (byte) ApiKeys.SYNC_GROUP.id;
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

    @Override
    public void connected() {}

    @Override
    public void received(byte[] bytes) {
      frames.received(bytes);
    }

    @Override
    public void closed() {
      closed = true;
    }
  }
}
