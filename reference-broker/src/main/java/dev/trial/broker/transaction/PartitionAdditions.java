package dev.trial.broker.transaction;

import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.replication.TransactionalProducer;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopicCollection;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTransaction;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnPartitionResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResultCollection;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * AddPartitionsToTxn on the wire: to version 3 one transaction, from its producer; from version 4
 * several, from brokers that add or verify partitions for their producers (KIP-890).
 */
final class PartitionAdditions {
  private static final int BATCHES_SINCE = 4;

  private final Enlisting enlisting;
  private final Supplier<MetadataImage> image;

  PartitionAdditions(Enlisting enlisting, Supplier<MetadataImage> image) {
    this.enlisting = enlisting;
    this.image = image;
  }

  void handle(RequestContext context, ApiMessage message, Responder responder) {
    AddPartitionsToTxnRequestData request = (AddPartitionsToTxnRequestData) message;
    AddPartitionsToTxnResponseData response = new AddPartitionsToTxnResponseData();
    if (context.version() < BATCHES_SINCE) {
      TransactionalProducer producer =
          new TransactionalProducer(
              request.v3AndBelowTransactionalId(),
              request.v3AndBelowProducerId(),
              request.v3AndBelowProducerEpoch());
      add(
          producer,
          partitions(request.v3AndBelowTopics()),
          context.version(),
          outcome -> responder.answer(response.setResultsByTopicV3AndBelow(onWire(outcome))));
      return;
    }
    int[] open = {request.transactions().size() + 1};
    Runnable oneEnded =
        () -> {
          open[0]--;
          if (open[0] == 0) {
            responder.answer(response);
          }
        };
    for (AddPartitionsToTxnTransaction transaction : request.transactions()) {
      one(
          transaction,
          context.version(),
          outcome -> {
            response
                .resultsByTransaction()
                .add(
                    new AddPartitionsToTxnResult()
                        .setTransactionalId(transaction.transactionalId())
                        .setTopicResults(onWire(outcome)));
            oneEnded.run();
          });
    }
    oneEnded.run();
  }

  private void one(
      AddPartitionsToTxnTransaction transaction,
      short version,
      Consumer<Map<PartitionId, Errors>> done) {
    TransactionalProducer producer =
        new TransactionalProducer(
            transaction.transactionalId(), transaction.producerId(), transaction.producerEpoch());
    Set<PartitionId> partitions = partitions(transaction.topics());
    if (!transaction.verifyOnly()) {
      add(producer, partitions, version, done);
      return;
    }
    Map<PartitionId, Errors> unknown = refused(partitions, false);
    done.accept(unknown.isEmpty() ? enlisting.verify(producer, partitions) : unknown);
  }

  private void add(
      TransactionalProducer producer,
      Set<PartitionId> partitions,
      short version,
      Consumer<Map<PartitionId, Errors>> done) {
    boolean byClient = version < BATCHES_SINCE;
    Map<PartitionId, Errors> unknown = refused(partitions, byClient);
    if (!unknown.isEmpty()) {
      done.accept(unknown);
      return;
    }
    int clientVersion = version >= BATCHES_SINCE ? 2 : 0;
    enlisting.add(
        producer,
        partitions,
        clientVersion,
        error -> {
          Errors told = TransactionHandlers.fencedError(error, version, 2);
          Map<PartitionId, Errors> all = new TreeMap<>();
          partitions.forEach(partition -> all.put(partition, told));
          done.accept(all);
        });
  }

  /** Empty if all exist, and a client may write to them; otherwise nothing is attempted. */
  private Map<PartitionId, Errors> refused(Set<PartitionId> partitions, boolean byClient) {
    Map<PartitionId, Errors> outcome = new TreeMap<>();
    boolean any = false;
    for (PartitionId partition : partitions) {
      Errors refusal = refusal(partition, byClient);
      any |= refusal != Errors.NONE;
      outcome.put(partition, refusal == Errors.NONE ? Errors.OPERATION_NOT_ATTEMPTED : refusal);
    }
    return any ? outcome : Map.of();
  }

  /** Clients add internal topics by AddOffsetsToTxn (KafkaApis.handleAddPartitionsToTxnRequest). */
  private Errors refusal(PartitionId partition, boolean byClient) {
    if (byClient && Topic.isInternal(partition.topic())) {
      return Errors.TOPIC_AUTHORIZATION_FAILED;
    }
    boolean exists = image.get().partition(partition).isPresent();
    return exists ? Errors.NONE : Errors.UNKNOWN_TOPIC_OR_PARTITION;
  }

  private static Set<PartitionId> partitions(AddPartitionsToTxnTopicCollection topics) {
    Set<PartitionId> partitions = new TreeSet<>();
    for (AddPartitionsToTxnTopic topic : topics) {
      topic.partitions().forEach(index -> partitions.add(new PartitionId(topic.name(), index)));
    }
    return partitions;
  }

  private static AddPartitionsToTxnTopicResultCollection onWire(Map<PartitionId, Errors> outcome) {
    AddPartitionsToTxnTopicResultCollection topics = new AddPartitionsToTxnTopicResultCollection();
    outcome.forEach(
        (partition, error) -> {
          AddPartitionsToTxnTopicResult topic = topics.find(partition.topic());
          if (topic == null) {
            topic = new AddPartitionsToTxnTopicResult().setName(partition.topic());
            topics.add(topic);
          }
          topic
              .resultsByPartition()
              .add(
                  new AddPartitionsToTxnPartitionResult()
                      .setPartitionIndex(partition.partition())
                      .setPartitionErrorCode(error.code()));
        });
    return topics;
  }
}
