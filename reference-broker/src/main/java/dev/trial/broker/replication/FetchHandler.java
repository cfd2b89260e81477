package dev.trial.broker.replication;

import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * Fetch, by consumers and followers. Incremental sessions are declined as KIP-227 allows: every
 * answer has session id 0, so every request names all its partitions.
 */
final class FetchHandler implements ApiHandler {
  private final ReplicaContext context;
  private final Partitions partitions;

  FetchHandler(ReplicaContext context, Partitions partitions) {
    this.context = context;
    this.partitions = partitions;
  }

  @Override
  public void handle(RequestContext request, ApiMessage message, Responder responder) {
    FetchRequestData fetch = (FetchRequestData) message;
    if (fetch.sessionEpoch() > 0) {
      responder.answer(
          new FetchResponseData().setErrorCode(Errors.FETCH_SESSION_ID_NOT_FOUND.code()));
      return;
    }
    new FetchOperation(context, partitions, fetch, request.version(), responder).begin();
  }
}
