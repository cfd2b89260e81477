package dev.trial.broker.replication;

import dev.trial.broker.log.Origin;
import dev.trial.broker.log.RecordBatchView;
import dev.trial.broker.log.Verification;
import dev.trial.broker.replication.TransactionGate.Protocol;
import dev.trial.broker.wire.ApiHandler;
import dev.trial.broker.wire.ErrorAnswers;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.DiskException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.ProduceRequest;

/** Produce: one batch per partition, appended and answered as acks asks for. */
final class ProduceHandler implements ApiHandler {
  /** KafkaApis lets this client id write to internal topics. */
  private static final String ADMIN_CLIENT = "__admin_client";

  /** From this version on Produce names topics by id (KIP-516). */
  private static final short TOPIC_IDS = 13;

  /** From this version on batches may be compressed by zstd (KIP-110). */
  private static final short ZSTD = 7;

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
    try {
      if (transactional(produce)) {
        mayBeTransactional(produce);
      }
      checkCompression(request.version(), produce);
    } catch (ApiException refusal) { // of all partitions, as KafkaApis stops there
      refuse(request, produce, refusal, responder);
      return;
    }
    ProduceOperation operation =
        new ProduceOperation(context, responder, produce.acks(), request.version());
    if (produce.transactionalId() != null && TransactionalProduce.any(produce, view)) {
      transactional(operation, request, produce);
    } else {
      appendAll(operation, request, produce, PLAIN);
    }
  }

  /** RequestUtils.hasTransactionalRecords: the first batch of each partition tells. */
  private static boolean transactional(ProduceRequestData produce) {
    for (TopicProduceData topic : produce.topicData()) {
      for (PartitionProduceData partition : topic.partitionData()) {
        if (partition.records() instanceof MemoryRecords records) {
          Iterator<MutableRecordBatch> batches = records.batches().iterator();
          if (batches.hasNext() && batches.next().isTransactional()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static void mayBeTransactional(ProduceRequestData produce) {
    if (produce.transactionalId() == null) { // no transactional id to be allowed
      throw Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED.exception();
    }
  }

  /**
   * Of versions without zstd KafkaApis asks each batch for its compression: where there is no such,
   * all of the request fails.
   */
  private void checkCompression(short version, ProduceRequestData produce) {
    if (version >= ZSTD) {
      return;
    }
    for (TopicProduceData topic : produce.topicData()) {
      for (PartitionProduceData data : topic.partitionData()) {
        PartitionId id = new PartitionId(topic.name(), data.index());
        boolean asked = partitions.missing(id) != Errors.UNKNOWN_TOPIC_OR_PARTITION;
        if (asked && compressionUnknown(version, data.records())) {
          throw Errors.UNKNOWN_SERVER_ERROR.exception();
        }
      }
    }
  }

  private static boolean compressionUnknown(short version, BaseRecords records) {
    try {
      ProduceRequest.validateRecords(version, records);
      return false;
    } catch (ApiException told) { // of this partition alone, by and by
      return false;
    } catch (IllegalArgumentException unknown) { // CompressionType.forId
      return true;
    }
  }

  private static void refuse(
      RequestContext request,
      ProduceRequestData produce,
      ApiException refusal,
      Responder responder) {
    boolean stumbles = // ProduceRequest.getErrorResponse fails where a partition has no records
        produce.topicData().stream()
            .flatMap(topic -> topic.partitionData().stream())
            .anyMatch(partition -> partition.records() == null);
    if (produce.acks() == 0 || stumbles) {
      responder.disconnect();
    } else {
      responder.answer(ErrorAnswers.of(request, produce, refusal));
    }
  }

  private void transactional(
      ProduceOperation operation, RequestContext request, ProduceRequestData produce) {
    Protocol protocol = Protocol.ofProduce(request.version());
    TransactionalProduce batches = TransactionalProduce.of(produce, partitions, view);
    if (batches.producer() == null && !batches.sequences().isEmpty()) {
      String several = "Transactional records contained more than one producer ID";
      refuseAll(operation, produce, new ApiError(Errors.INVALID_PRODUCER_ID_MAPPING, several));
      return;
    }
    verifier.verifyPatiently(
        batches.producer(),
        batches.sequences(),
        protocol,
        verified ->
            appendAll(
                operation,
                request,
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
      ProduceOperation operation, ProduceRequestData produce, ApiError error) {
    for (TopicProduceData topic : produce.topicData()) {
      for (PartitionProduceData partition : topic.partitionData()) {
        operation.refused(topic, partition.index(), error);
      }
    }
    operation.begin(produce.timeoutMs());
  }

  /** Of what is there twice the last counts, as in KafkaApis. */
  private void appendAll(
      ProduceOperation operation,
      RequestContext request,
      ProduceRequestData produce,
      Verifications verified) {
    Map<PartitionId, Part> parts = new LinkedHashMap<>();
    for (TopicProduceData topic : produce.topicData()) {
      String name = partitions.topicName(topic.name(), topic.topicId());
      for (PartitionProduceData data : topic.partitionData()) {
        if (name == null || name.isEmpty() && request.version() >= TOPIC_IDS) {
          operation.refused(topic, null, data.index(), Errors.UNKNOWN_TOPIC_ID);
        } else {
          parts.put(new PartitionId(name, data.index()), new Part(topic, data));
        }
      }
    }
    parts.forEach((id, part) -> one(operation, request, produce.acks(), id, part, verified));
    operation.begin(produce.timeoutMs());
  }

  private void one(
      ProduceOperation operation,
      RequestContext request,
      short acks,
      PartitionId id,
      Part part,
      Verifications verified) {
    LocalPartition partition = partitions.get(id);
    Errors refusal = refusal(request, acks, id, part.data());
    if (refusal == Errors.NONE) {
      refusal = verified.of(id).error();
    }
    if (refusal != Errors.NONE) {
      operation.refused(part.topic(), partition, id.partition(), refusal);
      return;
    }
    view.reset(((MemoryRecords) part.data().records()).buffer());
    ByteBuffer batch = view.slice(); // a part of another may follow, which is not stored
    Origin origin = Origin.client(verifier.enabled(), verified.of(id).guard());
    LocalPartition.Appending appending = append(partition, batch, acks, origin);
    if (appending.append().error() == Errors.CORRUPT_MESSAGE) {
      refusedBatches.refused(Oracle.PRODUCED_BATCH, id, "its checksum is wrong");
    }
    operation.appended(part.topic(), partition, appending);
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

  /** In the order of KafkaApis and ReplicaManager. */
  private Errors refusal(
      RequestContext request, short acks, PartitionId id, PartitionProduceData data) {
    LocalPartition partition = partitions.get(id);
    Errors missing = partition == null ? partitions.missing(id) : Errors.NONE;
    if (missing == Errors.UNKNOWN_TOPIC_OR_PARTITION) {
      return missing;
    }
    Errors form = form(request.version(), data);
    if (form != Errors.NONE) {
      return form;
    }
    if (acks < -1 || acks > 1) {
      return Errors.INVALID_REQUIRED_ACKS;
    }
    if (Topic.isInternal(id.topic()) && !ADMIN_CLIENT.equals(request.clientId())) {
      return Errors.INVALID_TOPIC_EXCEPTION;
    }
    return partition != null && partition.leading() ? Errors.NONE : Errors.NOT_LEADER_OR_FOLLOWER;
  }

  /** Exactly one batch per partition, in a format that the version allows. */
  private static Errors form(short version, PartitionProduceData data) {
    try {
      ProduceRequest.validateRecords(version, data.records());
      return data.records() == null ? Errors.INVALID_RECORD : Errors.NONE;
    } catch (ApiException refusal) {
      return Errors.forException(refusal);
    }
  }

  /** What a request has for one partition. */
  private record Part(TopicProduceData topic, PartitionProduceData data) {}

  /** How the verification of a partition ended. */
  @FunctionalInterface
  private interface Verifications {
    Verification of(PartitionId partition);
  }
}
