package dev.trial.broker.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every API and stable version, with its own header version, there and back. */
class EnvelopeTest {

  @ParameterizedTest
  @EnumSource(ApiKeys.class)
  void requestsAndResponsesSurvive(ApiKeys api) {
    if (!ApiVersions.known(api.id)) {
      return;
    }
    for (short version = api.oldestVersion(); version <= ApiVersions.newest(api); version++) {
      ApiMessage request = ApiMessageType.fromApiKey(api.id).newRequest();
      ByteBuffer frame = body(Envelope.request(request, version, 41, "client"));
      RequestHeaderData header = Envelope.readRequestHeader(frame);
      assertEquals(41, header.correlationId());
      assertEquals("client", header.clientId());
      assertEquals(request, Envelope.readRequest(frame, api.id, version));
      assertFalse(frame.hasRemaining());
      ApiMessage response = ApiMessageType.fromApiKey(api.id).newResponse();
      ByteBuffer answer = body(Envelope.response(response, version, 42));
      assertEquals(42, Envelope.readResponseHeader(answer, api.id, version).correlationId());
      assertEquals(response, Envelope.readResponse(answer, api.id, version));
      assertFalse(answer.hasRemaining());
    }
  }

  private static ByteBuffer body(byte[] frame) {
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    assertEquals(bytes.remaining() - 4, bytes.getInt());
    return bytes;
  }
}
