package dev.trial.broker.replication;

import dev.trial.broker.log.RecordBatchView;
import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
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
  private final ReplicaContext context;
  private final Partitions partitions;
  private final CorruptionListener corruption;
  private final RecordBatchView view = new RecordBatchView(ByteBuffer.allocate(0));

  ProduceHandler(ReplicaContext context, Partitions partitions, CorruptionListener corruption) {
    this.context = context;
    this.partitions = partitions;
    this.corruption = corruption;
  }

  @Override
  public void handle(RequestContext request, ApiMessage message, Responder responder) {
    ProduceRequestData produce = (ProduceRequestData) message;
    ProduceOperation operation =
        new ProduceOperation(context, responder, produce.acks(), request.version());
    for (TopicProduceData topic : produce.topicData()) {
      String name = partitions.topicName(topic.name(), topic.topicId());
      for (PartitionProduceData partition : topic.partitionData()) {
        one(operation, produce.acks(), topic, name, partition);
      }
    }
    operation.begin(produce.timeoutMs());
  }

  private void one(
      ProduceOperation operation,
      short acks,
      TopicProduceData topic,
      String name,
      PartitionProduceData data) {
    if (name == null) {
      operation.refused(topic, null, data.index(), Errors.UNKNOWN_TOPIC_ID);
      return;
    }
    PartitionId id = new PartitionId(name, data.index());
    LocalPartition partition = partitions.get(id);
    Errors refusal = refusal(acks, partition, id, data);
    if (refusal != Errors.NONE) {
      operation.refused(topic, partition, data.index(), refusal);
      return;
    }
    ByteBuffer batch = ((MemoryRecords) data.records()).buffer();
    LocalPartition.Appending appending = append(partition, batch, acks);
    if (appending.append().error() == Errors.CORRUPT_MESSAGE) {
      context.host.log("CORRUPT batch for " + id);
      corruption.corrupt(id, "checksum of a produced batch is wrong");
    }
    operation.appended(topic, partition, appending);
  }

  private LocalPartition.Appending append(LocalPartition partition, ByteBuffer batch, short acks) {
    try {
      return partition.append(batch, acks == -1, true);
    } catch (DiskException failed) {
      context.host.log("append to " + partition.id + " failed: " + failed.getMessage());
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

  /** Exactly one batch per partition; transactional ones are not supported. */
  private Errors batchRefusal(ByteBuffer batches) {
    view.reset(batches);
    if (!view.complete()) {
      return batches.hasRemaining() ? Errors.CORRUPT_MESSAGE : Errors.INVALID_RECORD;
    }
    if (view.sizeBytes() != batches.remaining()) {
      return Errors.INVALID_RECORD;
    }
    return view.transactional() ? Errors.UNSUPPORTED_VERSION : Errors.NONE;
  }
}
