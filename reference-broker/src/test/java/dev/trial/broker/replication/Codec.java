package dev.trial.broker.replication;

import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/** Sends messages through their bytes, as the wire does. */
final class Codec {

  private Codec() {}

  static ApiMessage request(ApiMessage request) {
    short version = version(request);
    ApiMessage copy = ApiMessageType.fromApiKey(request.apiKey()).newRequest();
    copy.read(new ByteBufferAccessor(bytes(request, version)), version);
    return copy;
  }

  static ApiMessage response(ApiMessage response) {
    short version = version(response);
    ApiMessage copy = ApiMessageType.fromApiKey(response.apiKey()).newResponse();
    copy.read(new ByteBufferAccessor(bytes(response, version)), version);
    return copy;
  }

  static short version(ApiMessage message) {
    return ApiKeys.forId(message.apiKey()).latestVersion();
  }

  static ByteBuffer bytes(ApiMessage message, short version) {
    ObjectSerializationCache cache = new ObjectSerializationCache();
    ByteBuffer bytes = ByteBuffer.allocate(message.size(cache, version));
    message.write(new ByteBufferAccessor(bytes), cache, version);
    return bytes.flip();
  }
}
