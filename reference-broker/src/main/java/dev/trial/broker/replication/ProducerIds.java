package dev.trial.broker.replication;

import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.Peers;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import org.apache.kafka.common.message.AllocateProducerIdsRequestData;
import org.apache.kafka.common.message.AllocateProducerIdsResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * InitProducerId for idempotent producers: a fresh id each time, out of blocks that the controller
 * hands out (KIP-730). Requests with a transactional id go to its coordinator.
 */
final class ProducerIds {
  private final ReplicaContext context;
  private final Peers peers;
  private final IntSupplier activeController;
  private final Deque<Responder> waiting = new ArrayDeque<>();
  private long next;
  private long end;
  private boolean asking;
  private ApiHandler transactional = ProducerIds::refuseTransactional;

  ProducerIds(ReplicaContext context, Peers peers, IntSupplier activeController) {
    this.context = context;
    this.peers = peers;
    this.activeController = activeController;
  }

  void handle(RequestContext request, ApiMessage message, Responder responder) {
    InitProducerIdRequestData init = (InitProducerIdRequestData) message;
    if (init.transactionalId() != null) {
      transactional.handle(request, message, responder);
      return;
    }
    waiting.add(responder);
    serve();
  }

  void transactional(ApiHandler handler) {
    this.transactional = handler;
  }

  /** What a broker without transactions answers. */
  static void refuseTransactional(RequestContext request, ApiMessage message, Responder responder) {
    refuse(responder, Errors.UNSUPPORTED_VERSION);
  }

  /** The next id; empty while there is none, then more are asked for. */
  OptionalLong fresh() {
    if (next < end) {
      return OptionalLong.of(next++);
    }
    if (!asking) {
      ask();
    }
    return OptionalLong.empty();
  }

  private void serve() {
    while (next < end && !waiting.isEmpty()) {
      waiting
          .poll()
          .answer(
              new InitProducerIdResponseData().setProducerId(next++).setProducerEpoch((short) 0));
    }
    if (!waiting.isEmpty() && !asking) {
      ask();
    }
  }

  private void ask() {
    int controller = activeController.getAsInt();
    if (controller < 0) {
      refuseAll();
      return;
    }
    asking = true;
    AllocateProducerIdsRequestData request =
        new AllocateProducerIdsRequestData()
            .setBrokerId(context.brokerId)
            .setBrokerEpoch(context.brokerEpoch.getAsLong());
    peers.call(controller, request, context.settings.requestTimeoutMs(), new Block());
  }

  /** Retriable, as Kafka answers while it has no block. */
  private void refuseAll() {
    while (!waiting.isEmpty()) {
      refuse(waiting.poll(), Errors.COORDINATOR_LOAD_IN_PROGRESS);
    }
  }

  private static void refuse(Responder responder, Errors error) {
    responder.answer(
        new InitProducerIdResponseData()
            .setErrorCode(error.code())
            .setProducerId(-1)
            .setProducerEpoch((short) -1));
  }

  private final class Block implements Peers.Reply {
    @Override
    public void answered(ApiMessage response) {
      asking = false;
      AllocateProducerIdsResponseData block = (AllocateProducerIdsResponseData) response;
      if (block.errorCode() != Errors.NONE.code() || block.producerIdLen() <= 0) {
        refuseAll();
        return;
      }
      next = block.producerIdStart();
      end = next + block.producerIdLen();
      serve();
    }

    @Override
    public void failed(String why) {
      asking = false;
      refuseAll();
    }
  }
}
