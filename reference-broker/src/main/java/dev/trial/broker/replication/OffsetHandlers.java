package dev.trial.broker.replication;

import dev.trial.broker.log.EpochEnd;
import dev.trial.broker.log.RecordBatchView;
import dev.trial.broker.log.TimedOffset;
import dev.trial.broker.wire.ErrorAnswers;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;

/** ListOffsets and OffsetForLeaderEpoch: where a log begins, ends, and what was written when. */
final class OffsetHandlers {
  /**
   * The timestamps of ListOffsets that are not times (KIP-79, KIP-734, KIP-405, KIP-1005,
   * KIP-1023).
   */
  private static final long LATEST = -1;

  private static final long EARLIEST = -2;
  private static final long MAX_TIMESTAMP = -3;
  private static final long EARLIEST_LOCAL = -4;
  private static final long LATEST_TIERED = -5;
  private static final long EARLIEST_PENDING_UPLOAD = -6;

  /** From this version of ListOffsets on the answer has a leader epoch (KIP-320). */
  private static final short LEADER_EPOCH_SINCE = 4;

  /** From this version of ListOffsets on clients know OFFSET_NOT_AVAILABLE (KIP-207). */
  private static final short NOT_AVAILABLE_SINCE = 5;

  private static final byte READ_COMMITTED = 1;

  private final Partitions partitions;

  OffsetHandlers(Partitions partitions) {
    this.partitions = partitions;
  }

  void listOffsets(RequestContext context, ApiMessage message, Responder responder) {
    ListOffsetsRequestData request = (ListOffsetsRequestData) message;
    if (request.isolationLevel() < 0 || request.isolationLevel() > READ_COMMITTED) {
      responder.answer(ErrorAnswers.of(context, request, Errors.UNKNOWN_SERVER_ERROR));
      return; // IsolationLevel.forId knows no other
    }
    ListOffsetsResponseData response = new ListOffsetsResponseData();
    Set<PartitionId> twice = askedTwice(request);
    for (ListOffsetsTopic topic : request.topics()) {
      for (ListOffsetsPartition asked : topic.partitions()) {
        PartitionId id = new PartitionId(topic.name(), asked.partitionIndex());
        if (!twice.contains(id)) {
          answers(response, topic.name()).add(offset(context, request, id, asked));
        }
      }
    }
    twice.forEach(id -> answers(response, id.topic()).add(refused(id, Errors.INVALID_REQUEST)));
    responder.answer(response);
  }

  /** They are refused, and told of once. */
  private static Set<PartitionId> askedTwice(ListOffsetsRequestData request) {
    Set<PartitionId> seen = new TreeSet<>();
    Set<PartitionId> twice = new TreeSet<>();
    for (ListOffsetsTopic topic : request.topics()) {
      for (ListOffsetsPartition asked : topic.partitions()) {
        PartitionId id = new PartitionId(topic.name(), asked.partitionIndex());
        if (!seen.add(id)) {
          twice.add(id);
        }
      }
    }
    return twice;
  }

  /** Where the answers for a topic go: one place, however often it was named. */
  private static List<ListOffsetsPartitionResponse> answers(
      ListOffsetsResponseData response, String topic) {
    for (ListOffsetsTopicResponse known : response.topics()) {
      if (known.name().equals(topic)) {
        return known.partitions();
      }
    }
    ListOffsetsTopicResponse added = new ListOffsetsTopicResponse().setName(topic);
    response.topics().add(added);
    return added.partitions();
  }

  private static ListOffsetsPartitionResponse refused(PartitionId id, Errors error) {
    return new ListOffsetsPartitionResponse()
        .setPartitionIndex(id.partition())
        .setErrorCode(error.code());
  }

  private ListOffsetsPartitionResponse offset(
      RequestContext context,
      ListOffsetsRequestData request,
      PartitionId id,
      ListOffsetsPartition asked) {
    if (!known(asked.timestamp(), context.version())) {
      return refused(id, Errors.UNSUPPORTED_VERSION);
    }
    LocalPartition partition = partitions.get(id);
    Errors error = partition == null ? partitions.missing(id) : check(partition, request, asked);
    if (error != Errors.NONE) {
      return refused(id, error);
    }
    boolean consumer = request.replicaId() == ListOffsetsRequest.CONSUMER_REPLICA_ID;
    Reader reader = consumer ? Reader.of(-1, request.isolationLevel()) : Reader.REPLICA;
    ListOffsetsPartitionResponse answer =
        found(
            partition,
            asked.timestamp(),
            reader,
            new ListOffsetsPartitionResponse().setPartitionIndex(id.partition()));
    return inVersion(answer, context.version());
  }

  /** Special times came one by one; who asks for one too early, or for none of them, hears so. */
  private static boolean known(long timestamp, short version) {
    if (timestamp >= EARLIEST) {
      return true;
    }
    return timestamp == MAX_TIMESTAMP && version >= 7
        || timestamp == EARLIEST_LOCAL && version >= 8
        || timestamp == LATEST_TIERED && version >= 9
        || timestamp == EARLIEST_PENDING_UPLOAD && version >= 11;
  }

  /** A debugging replica may ask followers, too (ReplicaManager.fetchOffset). */
  private static Errors check(
      LocalPartition partition, ListOffsetsRequestData request, ListOffsetsPartition asked) {
    return request.replicaId() == ListOffsetsRequest.DEBUGGING_REPLICA_ID
        ? partition.checkReplica(asked.currentLeaderEpoch())
        : partition.checkLeader(asked.currentLeaderEpoch());
  }

  private static ListOffsetsPartitionResponse inVersion(
      ListOffsetsPartitionResponse answer, short version) {
    if (version < LEADER_EPOCH_SINCE) {
      answer.setLeaderEpoch(ListOffsetsResponse.UNKNOWN_EPOCH);
    }
    boolean unknownError = answer.errorCode() == Errors.OFFSET_NOT_AVAILABLE.code();
    return unknownError && version < NOT_AVAILABLE_SINCE
        ? answer.setErrorCode(Errors.LEADER_NOT_AVAILABLE.code())
        : answer;
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
