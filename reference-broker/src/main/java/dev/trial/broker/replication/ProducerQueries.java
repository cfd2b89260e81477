package dev.trial.broker.replication;

import dev.trial.broker.log.ProducerState;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeProducersRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeProducersResponseData;
import org.apache.kafka.common.message.DescribeProducersResponseData.PartitionResponse;
import org.apache.kafka.common.message.DescribeProducersResponseData.TopicResponse;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;

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
      ApiError refusal = refusal(topic.name());
      for (int index : topic.partitionIndexes()) {
        answers
            .partitions()
            .add(
                refusal.isFailure()
                    ? new PartitionResponse()
                        .setPartitionIndex(index)
                        .setErrorCode(refusal.error().code())
                        .setErrorMessage(refusal.messageWithFallback())
                    : describe(new PartitionId(topic.name(), index)));
      }
      response.topics().add(answers);
    }
    responder.answer(response);
  }

  private ApiError refusal(String topic) {
    try {
      Topic.validate(topic);
      return partitions.known(topic)
          ? ApiError.NONE
          : new ApiError(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    } catch (InvalidTopicException invalid) {
      return ApiError.fromThrowable(invalid);
    }
  }

  private PartitionResponse describe(PartitionId id) {
    PartitionResponse answer = new PartitionResponse().setPartitionIndex(id.partition());
    LocalPartition partition = partitions.get(id);
    if (partition == null) {
      return answer.setErrorCode(partitions.missing(id).code());
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
