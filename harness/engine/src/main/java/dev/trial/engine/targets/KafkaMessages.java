package dev.trial.engine.targets;

import dev.trial.nemesis.proxy.RefusalCodec;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;

/** What proxies on client links must know of Kafka's messages, by kafka-clients' own classes. */
final class KafkaMessages implements RefusalCodec {
  private final KafkaRefusal refusal = new KafkaRefusal();

  @Override
  public int apiKey(String api) {
    for (ApiKeys each : ApiKeys.values()) {
      if (each.name
          .toUpperCase(Locale.ROOT)
          .equals(api.replace("_", "").toUpperCase(Locale.ROOT))) {
        return each.id;
      }
    }
    return -1;
  }

  @Override
  public boolean expectsAnswer(byte[] request) {
    ByteBuffer bytes = ByteBuffer.wrap(request);
    if (bytes.getShort(0) != ApiKeys.PRODUCE.id) {
      return true;
    }
    RequestHeader header = RequestHeader.parse(bytes);
    ProduceRequestData produce =
        (ProduceRequestData)
            AbstractRequest.parseRequest(
                    header.apiKey(), header.apiVersion(), new ByteBufferAccessor(bytes))
                .request
                .data();
    return produce.acks() != 0;
  }

  @Override
  public Optional<byte[]> refuse(byte[] request, String error) {
    return Optional.ofNullable(refusal.answer(request, error));
  }
}
