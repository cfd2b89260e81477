package dev.trial.broker.replication;

import dev.trial.broker.log.RecordBatchView;
import dev.trial.core.history.PartitionId;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * The transactional batches of one Produce request: of one producer, to be verified together.
 *
 * @param producer whose they are; null if they are of several
 * @param sequences first sequence number for each partition
 */
record TransactionalProduce(TransactionalProducer producer, Map<PartitionId, Integer> sequences) {

  /** True if any batch is transactional. */
  static boolean any(ProduceRequestData request, RecordBatchView view) {
    for (TopicProduceData topic : request.topicData()) {
      for (PartitionProduceData partition : topic.partitionData()) {
        if (transactional(partition, view)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean transactional(PartitionProduceData partition, RecordBatchView view) {
    if (!(partition.records() instanceof MemoryRecords records)) {
      return false;
    }
    ByteBuffer bytes = records.buffer();
    view.reset(bytes);
    return view.complete() && view.transactional();
  }

  static TransactionalProduce of(
      ProduceRequestData request, Partitions partitions, RecordBatchView view) {
    Map<PartitionId, Integer> sequences = new TreeMap<>();
    TransactionalProducer producer = null;
    for (TopicProduceData topic : request.topicData()) {
      String name = partitions.topicName(topic.name(), topic.topicId());
      for (PartitionProduceData partition : topic.partitionData()) {
        if (name == null || !transactional(partition, view) || !view.hasProducerId()) {
          continue;
        }
        PartitionId id = new PartitionId(name, partition.index());
        if (partitions.get(id) == null
            && partitions.missing(id) == Errors.UNKNOWN_TOPIC_OR_PARTITION) {
          continue;
        }
        TransactionalProducer own =
            new TransactionalProducer(
                request.transactionalId(), view.producerId(), view.producerEpoch());
        if (producer != null && !producer.equals(own)) {
          return new TransactionalProduce(null, sequences);
        }
        producer = own;
        sequences.put(id, view.baseSequence());
      }
    }
    return new TransactionalProduce(producer, sequences);
  }
}
