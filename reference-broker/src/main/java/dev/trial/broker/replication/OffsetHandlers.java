package dev.trial.broker.replication;

import dev.trial.broker.log.EpochEnd;
import dev.trial.broker.log.RecordBatchView;
import dev.trial.broker.log.TimedOffset;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** ListOffsets and OffsetForLeaderEpoch: where a log begins, ends, and what was written when. */
final class OffsetHandlers {
  /** The timestamps of ListOffsets that are not times (KIP-79, KIP-405, KIP-734, KIP-1005). */
  private static final long LATEST = -1;

  private static final long EARLIEST = -2;
  private static final long MAX_TIMESTAMP = -3;
  private static final long EARLIEST_LOCAL = -4;

  /** From this version of ListOffsets on the answer has a leader epoch (KIP-320). */
  private static final short LEADER_EPOCH_SINCE = 4;

  private final Partitions partitions;

  OffsetHandlers(Partitions partitions) {
    this.partitions = partitions;
  }

  void listOffsets(RequestContext context, ApiMessage message, Responder responder) {
    ListOffsetsRequestData request = (ListOffsetsRequestData) message;
    ListOffsetsResponseData response = new ListOffsetsResponseData();
    Reader reader = Reader.of(request.replicaId(), request.isolationLevel());
    for (ListOffsetsTopic topic : request.topics()) {
      ListOffsetsTopicResponse answers = new ListOffsetsTopicResponse().setName(topic.name());
      for (ListOffsetsPartition asked : topic.partitions()) {
        ListOffsetsPartitionResponse answer = offset(topic.name(), asked, reader);
        if (context.version() < LEADER_EPOCH_SINCE) {
          answer.setLeaderEpoch(-1);
        }
        answers.partitions().add(answer);
      }
      response.topics().add(answers);
    }
    responder.answer(response);
  }

  private ListOffsetsPartitionResponse offset(
      String topic, ListOffsetsPartition asked, Reader reader) {
    PartitionId id = new PartitionId(topic, asked.partitionIndex());
    LocalPartition partition = partitions.get(id);
    ListOffsetsPartitionResponse answer =
        new ListOffsetsPartitionResponse().setPartitionIndex(asked.partitionIndex());
    Errors error =
        partition == null
            ? partitions.missing(id)
            : partition.checkLeader(asked.currentLeaderEpoch());
    return error == Errors.NONE
        ? found(partition, asked.timestamp(), reader, answer)
        : answer.setErrorCode(error.code());
  }

  private static ListOffsetsPartitionResponse found(
      LocalPartition partition,
      long timestamp,
      Reader reader,
      ListOffsetsPartitionResponse answer) {
    if (timestamp == EARLIEST || timestamp == EARLIEST_LOCAL) {
      long start = partition.log.startOffset();
      return answer.setOffset(start).setLeaderEpoch(partition.log.epochs().epochAt(start));
    }
    boolean behind = reader != Reader.REPLICA && partition.watermarkBehindEpoch();
    if (timestamp == LATEST) {
      return behind
          ? answer.setErrorCode(Errors.OFFSET_NOT_AVAILABLE.code())
          : answer.setOffset(partition.readLimit(reader)).setLeaderEpoch(partition.leaderEpoch());
    }
    if (timestamp < MAX_TIMESTAMP) {
      return answer; // tiered storage: there is none, so nothing is known
    }
    TimedOffset timed = lookUp(partition, timestamp);
    if (timed.offset() >= 0 && timed.offset() < partition.readLimit(reader)) {
      return timed(partition, timed, answer);
    }
    return behind ? answer.setErrorCode(Errors.OFFSET_NOT_AVAILABLE.code()) : answer;
  }

  private static ListOffsetsPartitionResponse timed(
      LocalPartition partition, TimedOffset timed, ListOffsetsPartitionResponse answer) {
    return answer
        .setTimestamp(timed.timestamp())
        .setOffset(timed.offset())
        .setLeaderEpoch(partition.log.epochs().epochAt(timed.offset()));
  }

  private static TimedOffset lookUp(LocalPartition partition, long timestamp) {
    if (timestamp == MAX_TIMESTAMP) {
      return RecordDecoder.largest(partition.log.batchOfMaxTimestamp());
    }
    long from = partition.log.startOffset();
    ByteBuffer bytes = partition.log.batchAtTimestamp(timestamp, from);
    while (bytes.hasRemaining()) {
      TimedOffset found = RecordDecoder.firstAt(bytes, timestamp, partition.log.startOffset());
      if (found.offset() >= 0) {
        return found;
      }
      // What made the batch fit lies below the log's start.
      from = new RecordBatchView(bytes).lastOffset() + 1;
      bytes = partition.log.batchAtTimestamp(timestamp, from);
    }
    return TimedOffset.NONE;
  }

  void offsetForLeaderEpoch(RequestContext context, ApiMessage message, Responder responder) {
    OffsetForLeaderEpochRequestData request = (OffsetForLeaderEpochRequestData) message;
    OffsetForLeaderEpochResponseData response = new OffsetForLeaderEpochResponseData();
    for (OffsetForLeaderTopic topic : request.topics()) {
      OffsetForLeaderTopicResult answers = new OffsetForLeaderTopicResult().setTopic(topic.topic());
      for (OffsetForLeaderPartition asked : topic.partitions()) {
        answers.partitions().add(epochEnd(topic.topic(), asked));
      }
      response.topics().add(answers);
    }
    responder.answer(response);
  }

  private EpochEndOffset epochEnd(String topic, OffsetForLeaderPartition asked) {
    PartitionId id = new PartitionId(topic, asked.partition());
    LocalPartition partition = partitions.get(id);
    EpochEndOffset answer = new EpochEndOffset().setPartition(asked.partition());
    Errors error =
        partition == null
            ? partitions.missing(id)
            : partition.checkLeader(asked.currentLeaderEpoch());
    if (error != Errors.NONE) {
      return answer.setErrorCode(error.code());
    }
    EpochEnd end = partition.epochEnd(asked.leaderEpoch());
    return answer.setLeaderEpoch(end.leaderEpoch()).setEndOffset(end.endOffset());
  }
}
