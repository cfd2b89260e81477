package dev.trial.broker.replication;

import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.Timers;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsTopicResult;
import org.apache.kafka.common.protocol.Errors;

/**
 * One DeleteRecords (KIP-107): moves the leader's log start, then waits until every live replica
 * has followed, which the leader learns from their fetches.
 */
final class DeleteRecordsOperation implements Waiter {
  private static final long HIGH_WATERMARK = -1;
  private static final long NONE = -1;

  private final ReplicaContext context;
  private final Partitions partitions;
  private final Responder responder;
  private final DeleteRecordsResponseData response = new DeleteRecordsResponseData();
  private final List<Pending> pending = new ArrayList<>();
  private boolean done;
  private Timers.Timer timeout;

  /** A partition whose replicas have not all followed yet. */
  private record Pending(
      LocalPartition partition, long offset, DeleteRecordsPartitionResult answer) {}

  DeleteRecordsOperation(ReplicaContext context, Partitions partitions, Responder responder) {
    this.context = context;
    this.partitions = partitions;
    this.responder = responder;
  }

  void begin(DeleteRecordsRequestData request) {
    for (DeleteRecordsTopic topic : request.topics()) {
      DeleteRecordsTopicResult result = new DeleteRecordsTopicResult().setName(topic.name());
      response.topics().add(result);
      for (DeleteRecordsPartition asked : topic.partitions()) {
        PartitionId id = new PartitionId(topic.name(), asked.partitionIndex());
        if (result.partitions().find(asked.partitionIndex()) == null) {
          result.partitions().add(delete(id, asked));
        }
      }
    }
    if (tryComplete()) {
      return;
    }
    pending.forEach(one -> one.partition.waiters().add(this));
    timeout = context.host.timers().after(request.timeoutMs(), this::timedOut);
  }

  private DeleteRecordsPartitionResult delete(PartitionId id, DeleteRecordsPartition asked) {
    LocalPartition partition = partitions.get(id);
    DeleteRecordsPartitionResult answer =
        new DeleteRecordsPartitionResult().setPartitionIndex(id.partition()).setLowWatermark(NONE);
    if (partition == null) {
      return answer.setErrorCode(partitions.missing(id).code());
    }
    if (Topic.isInternal(id.topic())) {
      return answer.setErrorCode(Errors.INVALID_TOPIC_EXCEPTION.code());
    }
    long watermark = partition.log.highWatermark();
    long offset = asked.offset() == HIGH_WATERMARK ? watermark : asked.offset();
    Errors refusal = refusal(partition, offset, watermark);
    if (refusal != Errors.NONE) {
      return answer.setErrorCode(refusal.code());
    }
    partition.log.raiseStart(offset);
    partition.waiters().wake();
    pending.add(new Pending(partition, offset, answer));
    return answer;
  }

  private static Errors refusal(LocalPartition partition, long offset, long watermark) {
    if (!partition.leading()) {
      return Errors.NOT_LEADER_OR_FOLLOWER;
    }
    if (!partition.log.settings().cleanup().delete()) {
      return Errors.POLICY_VIOLATION;
    }
    return offset < 0 || offset > watermark ? Errors.OFFSET_OUT_OF_RANGE : Errors.NONE;
  }

  @Override
  public boolean tryComplete() {
    if (done) {
      return true;
    }
    pending.removeIf(this::settled);
    if (pending.isEmpty()) {
      finish();
    }
    return done;
  }

  private boolean settled(Pending one) {
    if (!one.partition.leading()) {
      one.answer.setErrorCode(Errors.NOT_LEADER_OR_FOLLOWER.code());
      return true;
    }
    long low = one.partition.lowWatermark();
    if (low < one.offset) {
      return false;
    }
    one.answer.setLowWatermark(low);
    return true;
  }

  private void timedOut() {
    if (!done) {
      pending.forEach(one -> one.answer.setErrorCode(Errors.REQUEST_TIMED_OUT.code()));
      finish();
    }
  }

  private void finish() {
    done = true;
    if (timeout != null) {
      timeout.cancel();
      pending.forEach(one -> one.partition.waiters().remove(this));
    }
    responder.answer(response);
  }
}
