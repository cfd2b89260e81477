package dev.trial.broker.transaction;

import dev.trial.broker.group.GroupCoordinator;
import dev.trial.broker.replication.InternalLog;
import dev.trial.broker.replication.TransactionalProducer;
import dev.trial.broker.wire.Handlers;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Host;
import java.util.Set;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddOffsetsToTxnResponseData;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** The transaction coordinator's APIs on the wire. */
public final class TransactionHandlers {
  private static final int INIT_KNOWS_FENCED = 4;
  private static final int END_KNOWS_FENCED = 2;
  private static final int ADD_OFFSETS_KNOWS_FENCED = 2;
  private static final int END_BUMPS_EPOCH = 5;

  private final TransactionCoordinator coordinator;
  private final GroupCoordinator groups;
  private final TransactionQueries queries;

  /**
   * @param groups the group coordinator of the same broker
   */
  public TransactionHandlers(TransactionCoordinator coordinator, GroupCoordinator groups) {
    this.coordinator = coordinator;
    this.groups = groups;
    this.queries = new TransactionQueries(coordinator);
  }

  /** Serves all but InitProducerId, which belongs to {@link #initProducerId}. */
  public void register(Handlers handlers, Host host, InternalLog log) {
    PartitionAdditions additions =
        new PartitionAdditions(coordinator.enlisting(), coordinator.image());
    handlers.register(ApiKeys.ADD_PARTITIONS_TO_TXN, additions::handle);
    handlers.register(ApiKeys.ADD_OFFSETS_TO_TXN, this::addOffsets);
    handlers.register(ApiKeys.END_TXN, this::end);
    handlers.register(
        ApiKeys.WRITE_TXN_MARKERS, new MarkerHandler(host, log, groups, coordinator.settings()));
    handlers.register(ApiKeys.DESCRIBE_TRANSACTIONS, this::describe);
    handlers.register(ApiKeys.LIST_TRANSACTIONS, this::list);
  }

  /** Old clients know only INVALID_PRODUCER_EPOCH (KIP-588). */
  static Errors fencedError(Errors error, short version, int knownSince) {
    return error == Errors.PRODUCER_FENCED && version < knownSince
        ? Errors.INVALID_PRODUCER_EPOCH
        : error;
  }

  /** InitProducerId with a transactional id. */
  public void initProducerId(RequestContext context, ApiMessage request, Responder responder) {
    coordinator
        .init()
        .init(
            (InitProducerIdRequestData) request,
            response -> {
              Errors error = Errors.forCode(response.errorCode());
              Errors told = fencedError(error, context.version(), INIT_KNOWS_FENCED);
              responder.answer(response.setErrorCode(told.code()));
            });
  }

  private void addOffsets(RequestContext context, ApiMessage message, Responder responder) {
    AddOffsetsToTxnRequestData request = (AddOffsetsToTxnRequestData) message;
    PartitionId partition =
        new PartitionId(GroupCoordinator.TOPIC, groups.partitionFor(request.groupId()));
    coordinator
        .enlisting()
        .add(
            new TransactionalProducer(
                request.transactionalId(), request.producerId(), request.producerEpoch()),
            Set.of(partition),
            0, // with transactions v2 TxnOffsetCommit adds the partition itself
            error -> {
              Errors told = fencedError(error, context.version(), ADD_OFFSETS_KNOWS_FENCED);
              responder.answer(new AddOffsetsToTxnResponseData().setErrorCode(told.code()));
            });
  }

  private void end(RequestContext context, ApiMessage message, Responder responder) {
    EndTxnRequestData request = (EndTxnRequestData) message;
    coordinator
        .ending()
        .end(
            new EndRequest(
                request.transactionalId(),
                request.producerId(),
                request.producerEpoch(),
                request.committed(),
                true,
                context.version() >= END_BUMPS_EPOCH ? 2 : 0),
            (error, producerId, epoch) -> {
              Errors told = fencedError(error, context.version(), END_KNOWS_FENCED);
              responder.answer(
                  new EndTxnResponseData()
                      .setErrorCode(told.code())
                      .setProducerId(producerId)
                      .setProducerEpoch(epoch));
            });
  }

  private void describe(RequestContext context, ApiMessage message, Responder responder) {
    DescribeTransactionsResponseData response = new DescribeTransactionsResponseData();
    for (String id : ((DescribeTransactionsRequestData) message).transactionalIds()) {
      response.transactionStates().add(queries.describe(id));
    }
    responder.answer(response);
  }

  private void list(RequestContext context, ApiMessage message, Responder responder) {
    responder.answer(queries.list((ListTransactionsRequestData) message));
  }
}
