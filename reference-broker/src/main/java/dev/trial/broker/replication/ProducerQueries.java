package dev.trial.broker.replication;

import dev.trial.broker.log.ProducerState;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeProducersResponseData;
import org.apache.kafka.common.message.DescribeProducersResponseData.PartitionResponse;
import org.apache.kafka.common.message.DescribeProducersResponseData.TopicResponse;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** DescribeProducers (KIP-664): what partitions know of their producers. */
final class ProducerQueries {
  private final Partitions partitions;

  ProducerQueries(Partitions partitions) {
    this.partitions = partitions;
  }

  void describe(RequestContext context, ApiMessage message, Responder responder) {
    DescribeProducersResponseData response = new DescribeProducersResponseData();
    for (TopicRequest topic : ((DescribeProducersRequestData) message).topics()) {
      TopicResponse answers = new TopicResponse().setName(topic.name());
      for (int index : topic.partitionIndexes()) {
        answers.partitions().add(describe(new PartitionId(topic.name(), index)));
      }
      response.topics().add(answers);
    }
    responder.answer(response);
  }

  private PartitionResponse describe(PartitionId id) {
    PartitionResponse answer = new PartitionResponse().setPartitionIndex(id.partition());
    LocalPartition partition = partitions.get(id);
    if (partition == null) {
      Errors missing = partitions.missing(id);
      return answer.setErrorCode(missing.code()).setErrorMessage(missing.message());
    }
    partition.log.producers().forEach(producer -> answer.activeProducers().add(onWire(producer)));
    return answer;
  }

  private static DescribeProducersResponseData.ProducerState onWire(ProducerState producer) {
    return new DescribeProducersResponseData.ProducerState()
        .setProducerId(producer.producerId())
        .setProducerEpoch(producer.epoch())
        .setLastSequence(producer.lastSequence())
        .setLastTimestamp(producer.lastTimestamp())
        .setCoordinatorEpoch(producer.coordinatorEpoch())
        .setCurrentTxnStartOffset(producer.transactionStart());
  }
}
