package dev.trial.engine.targets;

import dev.trial.sim.world.Refusal;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;

/** Builds the answer with which a broker would refuse a request. */
public final class KafkaRefusal implements Refusal {

  @Override
  public byte[] answer(byte[] request, String error) {
    ByteBuffer bytes = ByteBuffer.wrap(request);
    RequestHeader header = RequestHeader.parse(bytes);
    AbstractRequest parsed =
        AbstractRequest.parseRequest(
                header.apiKey(), header.apiVersion(), new ByteBufferAccessor(bytes))
            .request;
    AbstractResponse refusal = parsed.getErrorResponse(0, Errors.valueOf(error).exception());
    if (refusal == null) {
      return null;
    }
    short version = header.apiVersion();
    short headerVersion = header.apiKey().responseHeaderVersion(version);
    ByteBuffer answer =
        RequestUtils.serialize(
            new ResponseHeader(header.correlationId(), headerVersion).data(),
            headerVersion,
            refusal.data(),
            version);
    byte[] copied = new byte[answer.remaining()];
    answer.get(copied);
    return copied;
  }
}
