package dev.trial.broker.replication;

import dev.trial.broker.log.LeaderAppend;
import dev.trial.broker.wire.Responder;
import dev.trial.core.world.Timers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;

/** One Produce request until it is answered: at once, or when all in-sync replicas have it. */
final class ProduceOperation implements Waiter {
  private static final Set<Errors> WITHOUT_START =
      EnumSet.of(
          Errors.NOT_LEADER_OR_FOLLOWER,
          Errors.MESSAGE_TOO_LARGE,
          Errors.RECORD_LIST_TOO_LARGE,
          Errors.CORRUPT_MESSAGE,
          Errors.KAFKA_STORAGE_ERROR);

  private final ReplicaContext context;
  private final Responder responder;
  private final short acks;
  private final short version;
  private final ProduceResponseData response = new ProduceResponseData();
  private final List<Pending> pending = new ArrayList<>(1);
  private boolean failed;
  private boolean done;
  private Timers.Timer timeout;

  ProduceOperation(ReplicaContext context, Responder responder, short acks, short version) {
    this.context = context;
    this.responder = responder;
    this.acks = acks;
    this.version = version;
  }

  void refused(TopicProduceData topic, LocalPartition partition, int index, Errors error) {
    fail(answer(topic, index), partition, error);
  }

  /** The same, in words that say more than the error's own. */
  void refused(TopicProduceData topic, int index, ApiError error) {
    PartitionProduceResponse answer = answer(topic, index);
    fail(answer, null, error.error());
    answer.setErrorMessage(error.message());
  }

  void appended(
      TopicProduceData topic, LocalPartition partition, LocalPartition.Appending appending) {
    LeaderAppend append = appending.append();
    PartitionProduceResponse answer = answer(topic, partition.id.partition());
    if (append.error() != Errors.NONE) {
      fail(answer, partition, append.error());
      explain(answer, partition, append);
      return;
    }
    answer
        .setBaseOffset(append.baseOffset())
        .setLogAppendTimeMs(append.appendTimeMs())
        .setLogStartOffset(partition.log.startOffset());
    if (acks == -1) {
      pending.add(new Pending(partition, appending.requiredOffset(), answer));
    }
  }

  /** ReplicaManager.appendRecordsToLeader tells where the log starts with most errors. */
  private void explain(
      PartitionProduceResponse answer, LocalPartition partition, LeaderAppend append) {
    if (!WITHOUT_START.contains(append.error())) {
      answer.setLogStartOffset(partition.log.startOffset());
    }
    if (!append.rejected().isEmpty()) {
      new RecordErrors(partition.id, partition.log.settings(), context.nowMs())
          .tell(append.rejected(), answer);
    }
  }

  /** Answers if nothing is left to wait for, else waits. */
  void begin(int timeoutMs) {
    if (tryComplete()) {
      return;
    }
    for (Pending one : pending) {
      one.partition.waiters().add(this);
    }
    timeout = context.host.timers().after(timeoutMs, this::timedOut);
  }

  @Override
  public boolean tryComplete() {
    if (done) {
      return true;
    }
    for (int i = pending.size() - 1; i >= 0; i--) {
      Pending one = pending.get(i);
      Errors outcome = one.partition.committed(one.requiredOffset);
      if (outcome != null) {
        pending.remove(i);
        if (outcome != Errors.NONE) {
          fail(one.answer, one.partition, outcome);
        }
      }
    }
    if (pending.isEmpty()) {
      finish();
    }
    return done;
  }

  private void timedOut() {
    if (!done) {
      pending.forEach(one -> fail(one.answer, one.partition, Errors.REQUEST_TIMED_OUT));
      finish();
    }
  }

  private void finish() {
    done = true;
    if (timeout != null) {
      timeout.cancel();
      pending.forEach(one -> one.partition.waiters().remove(this));
    }
    if (acks != 0) {
      responder.answer(response);
    } else if (failed) {
      responder.disconnect(); // the only way to tell a client that asked for no answer
    } else {
      responder.none();
    }
  }

  private void fail(PartitionProduceResponse answer, LocalPartition partition, Errors error) {
    failed = true;
    answer.setErrorCode(error.code()).setBaseOffset(-1).setLogAppendTimeMs(-1);
    answer.setLogStartOffset(-1);
    if (error == Errors.NOT_LEADER_OR_FOLLOWER && partition != null) {
      CurrentLeaders.tell(context, partition.id, answer, response, version);
    }
  }

  private PartitionProduceResponse answer(TopicProduceData topic, int index) {
    TopicProduceResponse found = response.responses().find(topic.name(), topic.topicId());
    if (found == null) {
      found = new TopicProduceResponse().setName(topic.name()).setTopicId(topic.topicId());
      response.responses().add(found);
    }
    PartitionProduceResponse answer = new PartitionProduceResponse().setIndex(index);
    found.partitionResponses().add(answer);
    return answer;
  }

  private record Pending(
      LocalPartition partition, long requiredOffset, PartitionProduceResponse answer) {}
}
