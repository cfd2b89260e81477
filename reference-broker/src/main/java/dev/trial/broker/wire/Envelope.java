package dev.trial.broker.wire;

import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/** Messages with their headers as frames, length prefix included, and back. */
public final class Envelope {
  private static final int PREFIX_BYTES = 4;

  /** Behind the API and its version, in every version of the request header. */
  private static final int CORRELATION_ID_AT = PREFIX_BYTES + 2 + 2;

  private Envelope() {}

  /** A whole request frame. */
  public static byte[] request(ApiMessage body, short version, int correlationId, String clientId) {
    RequestHeaderData header =
        new RequestHeaderData()
            .setRequestApiKey(body.apiKey())
            .setRequestApiVersion(version)
            .setCorrelationId(correlationId)
            .setClientId(clientId);
    return frame(header, type(body.apiKey()).requestHeaderVersion(version), body, version);
  }

  /** The whole request frame with another correlation id. */
  static byte[] renumbered(byte[] frame, int correlationId) {
    ByteBuffer.wrap(frame).putInt(CORRELATION_ID_AT, correlationId);
    return frame;
  }

  /** A whole response frame. */
  public static byte[] response(ApiMessage body, short version, int correlationId) {
    ResponseHeaderData header = new ResponseHeaderData().setCorrelationId(correlationId);
    return frame(header, type(body.apiKey()).responseHeaderVersion(version), body, version);
  }

  /** Reads the header of a response to a request of that API and version. */
  public static ResponseHeaderData readResponseHeader(ByteBuffer frame, short api, short version) {
    return new ResponseHeaderData(
        new ByteBufferAccessor(frame), type(api).responseHeaderVersion(version));
  }

  /** Reads the rest of a response frame. */
  public static ApiMessage readResponse(ByteBuffer frame, short api, short version) {
    ApiMessage body = type(api).newResponse();
    body.read(new ByteBufferAccessor(frame), version);
    return body;
  }

  /**
   * Reads a request's header. Its version depends on the API and version, the first two fields
   * (RequestHeader in the protocol guide).
   */
  static RequestHeaderData readRequestHeader(ByteBuffer frame) {
    short api = frame.getShort(frame.position());
    short version = frame.getShort(frame.position() + 2);
    return new RequestHeaderData(
        new ByteBufferAccessor(frame), type(api).requestHeaderVersion(version));
  }

  static ApiMessage readRequest(ByteBuffer frame, short api, short version) {
    ApiMessage body = type(api).newRequest();
    body.read(new KnownFieldsOnly(frame), version);
    return body;
  }

  private static ApiMessageType type(short api) {
    return ApiMessageType.fromApiKey(api);
  }

  private static byte[] frame(
      ApiMessage header, short headerVersion, ApiMessage body, short version) {
    ObjectSerializationCache cache = new ObjectSerializationCache();
    int length = header.size(cache, headerVersion) + body.size(cache, version);
    byte[] bytes = new byte[PREFIX_BYTES + length];
    ByteBufferAccessor out = new ByteBufferAccessor(ByteBuffer.wrap(bytes));
    out.writeInt(length);
    header.write(out, cache, headerVersion);
    body.write(out, cache, version);
    return bytes;
  }
}
