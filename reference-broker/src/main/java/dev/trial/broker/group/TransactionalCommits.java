package dev.trial.broker.group;

import dev.trial.broker.group.GroupCoordinator.Found;
import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.group.consumer.IdPartition;
import dev.trial.broker.group.consumer.OffsetRules;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.replication.InternalLog;
import dev.trial.broker.replication.InternalLog.Verified;
import dev.trial.broker.replication.TransactionGate.Protocol;
import dev.trial.broker.replication.TransactionalProducer;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData.TxnOffsetCommitResponsePartition;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData.TxnOffsetCommitResponseTopic;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/**
 * TxnOffsetCommit: offsets that become valid when the producer's transaction commits (KIP-98). The
 * group is checked as for other commits, so that a member that was replaced is fenced (KIP-447);
 * the transaction is verified, or with transactions v2 joined, first (KIP-890).
 */
final class TransactionalCommits {

  /** Before, clients did not know COORDINATOR_LOAD_IN_PROGRESS here (KAFKA-7296). */
  private static final int LOADING_KNOWN_SINCE = 2;

  private final GroupCoordinator coordinator;
  private final InternalLog log;

  TransactionalCommits(GroupCoordinator coordinator, InternalLog log) {
    this.coordinator = coordinator;
    this.log = log;
  }

  /** One partition's offset and the place for its outcome. */
  private record Item(
      PartitionId partition,
      TxnOffsetCommitRequestPartition asked,
      TxnOffsetCommitResponsePartition outcome) {}

  void handle(RequestContext context, ApiMessage message, Responder responder) {
    TxnOffsetCommitRequestData asked = (TxnOffsetCommitRequestData) message;
    TxnOffsetCommitResponseData response = new TxnOffsetCommitResponseData();
    List<Item> items = collect(asked, response);
    Outcome outcome = new Outcome(items, context, () -> responder.answer(response));
    if (items.isEmpty()) {
      responder.answer(response);
    } else if (asked.groupId().isEmpty()) {
      outcome.all(Errors.INVALID_GROUP_ID);
    } else {
      verify(asked, context, outcome);
    }
  }

  private List<Item> collect(
      TxnOffsetCommitRequestData asked, TxnOffsetCommitResponseData response) {
    List<Item> items = new ArrayList<>();
    for (TxnOffsetCommitRequestTopic topic : asked.topics()) {
      TxnOffsetCommitResponseTopic told = new TxnOffsetCommitResponseTopic().setName(topic.name());
      response.topics().add(told);
      TopicState known = coordinator.image().get().topics().get(topic.name());
      for (TxnOffsetCommitRequestPartition partition : topic.partitions()) {
        int index = partition.partitionIndex();
        TxnOffsetCommitResponsePartition outcome =
            new TxnOffsetCommitResponsePartition().setPartitionIndex(index);
        told.partitions().add(outcome);
        if (known == null || index < 0 || index >= known.partitions().size()) {
          outcome.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        } else {
          items.add(new Item(new PartitionId(topic.name(), index), partition, outcome));
        }
      }
    }
    return items;
  }

  private void verify(TxnOffsetCommitRequestData asked, RequestContext context, Outcome outcome) {
    TransactionalProducer producer =
        new TransactionalProducer(
            asked.transactionalId(), asked.producerId(), asked.producerEpoch());
    log.verify(
        new PartitionId(GroupCoordinator.TOPIC, coordinator.partitionFor(asked.groupId())),
        producer,
        Protocol.ofOffsetCommit(context.version()),
        verified -> {
          if (verified.error() != Errors.NONE) {
            outcome.all(toClient(verified.error()));
          } else {
            commit(asked, producer, verified, outcome);
          }
        });
  }

  private void commit(
      TxnOffsetCommitRequestData asked,
      TransactionalProducer producer,
      Verified verified,
      Outcome outcome) {
    Found found = coordinator.find(asked.groupId());
    Errors refused =
        found.error() != Errors.NONE
            ? found.error()
            : validate(found.service().shard(), asked, outcome.items());
    if (refused != Errors.NONE) {
      outcome.all(refused);
      return;
    }
    Shard shard = found.service().shard();
    List<StateRecord> records = new ArrayList<>();
    for (Item item : outcome.items()) {
      String metadata = item.asked().committedMetadata();
      if (metadata != null && metadata.length() > shard.settings().metadataMaxBytes()) {
        item.outcome().setErrorCode(Errors.OFFSET_METADATA_TOO_LARGE.code());
      } else {
        records.add(record(asked.groupId(), item, shard.epochMs()));
      }
    }
    if (records.isEmpty()) {
      outcome.rest(Errors.NONE);
      return;
    }
    ByteBuffer batch = StateBatch.transactional(records, shard.epochMs(), producer);
    shard.append(
        batch,
        verified.origin(),
        () ->
            records.forEach(
                record -> shard.applyPending(producer.producerId(), (StateRecord.Offset) record)),
        error -> outcome.rest(toClient(error)));
  }

  private static StateRecord record(String group, Item item, long nowMs) {
    String metadata = item.asked().committedMetadata();
    return new StateRecord.Offset(
        group,
        item.partition(),
        new CommittedOffset(
            item.asked().committedOffset(),
            item.asked().committedLeaderEpoch(),
            metadata == null ? "" : metadata,
            nowMs,
            -1,
            Uuid.ZERO_UUID));
  }

  /**
   * As for other commits, but a producer of old says nothing of its group, and the group may be
   * rebalancing.
   */
  private Errors validate(Shard shard, TxnOffsetCommitRequestData asked, List<Item> items) {
    ConsumerGroup consumers = shard.consumers().newest(asked.groupId());
    if (consumers != null) {
      List<IdPartition> partitions = new ArrayList<>();
      items.forEach(item -> partitions.add(identified(item.partition())));
      return OffsetRules.transactionalCommit(
          consumers,
          new OffsetRules.Commit(
              asked.memberId(), asked.groupInstanceId(), asked.generationId(), partitions),
          shard.defects());
    }
    ClassicGroup group = shard.group(asked.groupId());
    if (group == null) {
      if (asked.generationId() >= 0) {
        return Errors.ILLEGAL_GENERATION;
      }
      group = shard.groupOrNew(asked.groupId());
    }
    if (group.is(GroupState.DEAD)) {
      return Errors.COORDINATOR_NOT_AVAILABLE;
    }
    boolean names =
        asked.generationId() >= 0 || !asked.memberId().isEmpty() || asked.groupInstanceId() != null;
    if (!names || asked.generationId() < 0 && group.is(GroupState.EMPTY)) {
      return Errors.NONE;
    }
    Errors invalid = group.validateMember(asked.memberId(), asked.groupInstanceId());
    if (invalid != Errors.NONE) {
      return invalid;
    }
    return asked.generationId() == group.generation() ? Errors.NONE : Errors.ILLEGAL_GENERATION;
  }

  private IdPartition identified(PartitionId partition) {
    TopicState topic = coordinator.image().get().topics().get(partition.topic());
    return new IdPartition(topic == null ? Uuid.ZERO_UUID : topic.id(), partition.partition());
  }

  /** Verification can fail with NETWORK_EXCEPTION, which old clients would not retry. */
  private static Errors toClient(Errors error) {
    return error == Errors.NETWORK_EXCEPTION
        ? Errors.COORDINATOR_LOAD_IN_PROGRESS
        : Shard.toCoordinatorError(error);
  }

  private record Outcome(List<Item> items, RequestContext context, Runnable answered) {

    /** The same for all partitions. */
    void all(Errors error) {
      items.forEach(item -> item.outcome().setErrorCode(told(error)));
      answered.run();
    }

    /** For those that were not refused by themselves. */
    void rest(Errors error) {
      for (Item item : items) {
        if (item.outcome().errorCode() == Errors.NONE.code()) {
          item.outcome().setErrorCode(told(error));
        }
      }
      answered.run();
    }

    private short told(Errors error) {
      boolean old = context.version() < LOADING_KNOWN_SINCE;
      return error == Errors.COORDINATOR_LOAD_IN_PROGRESS && old
          ? Errors.COORDINATOR_NOT_AVAILABLE.code()
          : error.code();
    }
  }
}
