package dev.trial.broker.replication;

import dev.trial.broker.log.Origin;
import dev.trial.broker.log.RecordBatchView;
import dev.trial.broker.log.Verification;
import dev.trial.broker.replication.TransactionGate.Protocol;
import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.DiskException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;

/** Produce: one batch per partition, appended and answered as acks asks for. */
final class ProduceHandler implements ApiHandler {
  private static final Verification NOT_VERIFIED = new Verification(Errors.NONE, 0);
  private static final Verifications PLAIN = id -> NOT_VERIFIED;

  private final ReplicaContext context;
  private final Partitions partitions;
  private final TransactionVerifier verifier;
  private final RefusedBatchListener refusedBatches;
  private final RecordBatchView view = new RecordBatchView(ByteBuffer.allocate(0));

  ProduceHandler(
      ReplicaContext context,
      Partitions partitions,
      TransactionVerifier verifier,
      RefusedBatchListener refusedBatches) {
    this.context = context;
    this.partitions = partitions;
    this.verifier = verifier;
    this.refusedBatches = refusedBatches;
  }

  @Override
  public void handle(RequestContext request, ApiMessage message, Responder responder) {
    ProduceRequestData produce = (ProduceRequestData) message;
    ProduceOperation operation =
        new ProduceOperation(context, responder, produce.acks(), request.version());
    if (produce.transactionalId() != null && TransactionalProduce.any(produce, view)) {
      transactional(operation, produce, Protocol.ofProduce(request.version()));
    } else {
      appendAll(operation, produce, PLAIN);
    }
  }

  private void transactional(
      ProduceOperation operation, ProduceRequestData produce, Protocol protocol) {
    TransactionalProduce batches = TransactionalProduce.of(produce, partitions, view);
    if (batches.producer() == null && !batches.sequences().isEmpty()) {
      refuseAll(operation, produce, Errors.INVALID_PRODUCER_ID_MAPPING);
      return;
    }
    verifier.verifyPatiently(
        batches.producer(),
        batches.sequences(),
        protocol,
        verified ->
            appendAll(
                operation,
                produce,
                id -> toProducer(verified.getOrDefault(id, NOT_VERIFIED), protocol)));
  }

  /** Clients before transactions v2 may not know how to retry a coordinator's errors. */
  private static Verification toProducer(Verification verified, Protocol protocol) {
    return switch (verified.error()) {
      case NETWORK_EXCEPTION,
          COORDINATOR_LOAD_IN_PROGRESS,
          COORDINATOR_NOT_AVAILABLE,
          NOT_COORDINATOR ->
          Verification.refused(Errors.NOT_ENOUGH_REPLICAS);
      case CONCURRENT_TRANSACTIONS ->
          protocol == Protocol.ADD ? verified : Verification.refused(Errors.NOT_ENOUGH_REPLICAS);
      default -> verified;
    };
  }

  private static void refuseAll(
      ProduceOperation operation, ProduceRequestData produce, Errors error) {
    for (TopicProduceData topic : produce.topicData()) {
      for (PartitionProduceData partition : topic.partitionData()) {
        operation.refused(topic, null, partition.index(), error);
      }
    }
    operation.begin(produce.timeoutMs());
  }

  private void appendAll(
      ProduceOperation operation, ProduceRequestData produce, Verifications verified) {
    for (TopicProduceData topic : produce.topicData()) {
      String name = partitions.topicName(topic.name(), topic.topicId());
      for (PartitionProduceData partition : topic.partitionData()) {
        one(operation, produce.acks(), topic, name, partition, verified);
      }
    }
    operation.begin(produce.timeoutMs());
  }

  private void one(
      ProduceOperation operation,
      short acks,
      TopicProduceData topic,
      String name,
      PartitionProduceData data,
      Verifications verified) {
    if (name == null) {
      operation.refused(topic, null, data.index(), Errors.UNKNOWN_TOPIC_ID);
      return;
    }
    PartitionId id = new PartitionId(name, data.index());
    LocalPartition partition = partitions.get(id);
    Errors refusal = refusal(acks, partition, id, data);
    if (refusal == Errors.NONE && verified == PLAIN && view.transactional()) {
      refusal = Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED; // no transactional id to be allowed
    }
    if (refusal != Errors.NONE) {
      operation.refused(topic, partition, data.index(), refusal);
      return;
    }
    Verification verification = verified.of(id);
    if (verification.error() != Errors.NONE) {
      operation.refused(topic, partition, data.index(), verification.error());
      return;
    }
    ByteBuffer batch = ((MemoryRecords) data.records()).buffer();
    Origin origin = Origin.client(verifier.enabled(), verification.guard());
    LocalPartition.Appending appending = append(partition, batch, acks, origin);
    if (appending.append().error() == Errors.CORRUPT_MESSAGE) {
      refusedBatches.refused(Oracle.PRODUCED_BATCH, id, "its checksum is wrong");
    }
    operation.appended(topic, partition, appending);
  }

  private LocalPartition.Appending append(
      LocalPartition partition, ByteBuffer batch, short acks, Origin origin) {
    try {
      return partition.append(batch, acks == -1, origin);
    } catch (DiskException failed) {
      context.host.log("append to " + partition.id + " failed: " + failed.getMessage());
      context.diskFailed(failed);
      return LocalPartition.Appending.refused(Errors.KAFKA_STORAGE_ERROR);
    }
  }

  private Errors refusal(
      short acks, LocalPartition partition, PartitionId id, PartitionProduceData data) {
    if (acks < -1 || acks > 1) {
      return Errors.INVALID_REQUIRED_ACKS;
    }
    if (partition == null) {
      return partitions.missing(id);
    }
    if (!partition.leading()) {
      return Errors.NOT_LEADER_OR_FOLLOWER;
    }
    return data.records() instanceof MemoryRecords records
        ? batchRefusal(records.buffer())
        : Errors.INVALID_RECORD;
  }

  /** Exactly one batch per partition. */
  private Errors batchRefusal(ByteBuffer batches) {
    view.reset(batches);
    if (!view.complete()) {
      return batches.hasRemaining() ? Errors.CORRUPT_MESSAGE : Errors.INVALID_RECORD;
    }
    return view.sizeBytes() == batches.remaining() ? Errors.NONE : Errors.INVALID_RECORD;
  }

  /** How the verification of a partition ended. */
  @FunctionalInterface
  private interface Verifications {
    Verification of(PartitionId partition);
  }
}
