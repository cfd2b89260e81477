package dev.trial.broker.group;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.group.consumer.IdPartition;
import dev.trial.broker.group.consumer.OffsetRules;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponsePartition;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponseTopic;
import org.apache.kafka.common.protocol.Errors;

/** Which commits of offsets are accepted, and what is written for them. */
final class OffsetCommits {

  /** OffsetCommit v9 tells a group that does not exist apart (KIP-848). */
  private static final int GROUP_ID_NOT_FOUND_SINCE = 9;

  private final Shard shard;
  private final Rebalance rebalance;

  OffsetCommits(Shard shard, Rebalance rebalance) {
    this.shard = shard;
    this.rebalance = rebalance;
  }

  /** One partition's offset to be committed, and where its outcome goes. */
  record Item(
      PartitionId partition,
      Uuid topicId,
      OffsetCommitRequestPartition asked,
      Consumer<Errors> outcome) {}

  /** Commits; tells every item's outcome, then {@code done} once. */
  void commit(OffsetCommitRequestData asked, int version, List<Item> items, Runnable done) {
    Errors refused = validate(asked, version, items);
    List<StateRecord> records = new ArrayList<>(items.size());
    List<Item> accepted = new ArrayList<>(items.size());
    for (Item item : items) {
      if (refused != Errors.NONE) {
        item.outcome().accept(refused);
      } else if (tooLarge(item.asked().committedMetadata())) {
        item.outcome().accept(Errors.OFFSET_METADATA_TOO_LARGE);
      } else {
        accepted.add(item);
        records.add(record(asked, item));
      }
    }
    if (records.isEmpty()) {
      done.run();
      return;
    }
    shard.append(
        records,
        () -> records.forEach(record -> shard.apply((StateRecord.Offset) record)),
        error -> {
          Errors told = Shard.toCoordinatorError(error);
          accepted.forEach(item -> item.outcome().accept(told));
          done.run();
        });
  }

  private boolean tooLarge(String metadata) {
    return metadata != null && metadata.length() > shard.settings().metadataMaxBytes();
  }

  private StateRecord record(OffsetCommitRequestData asked, Item item) {
    long now = shard.epochMs();
    String metadata = item.asked().committedMetadata();
    long expireMs = asked.retentionTimeMs() < 0 ? -1 : now + asked.retentionTimeMs();
    return new StateRecord.Offset(
        asked.groupId(),
        item.partition(),
        new CommittedOffset(
            item.asked().committedOffset(),
            item.asked().committedLeaderEpoch(),
            metadata == null ? "" : metadata,
            now,
            expireMs,
            item.topicId()));
  }

  /** Why the commit as a whole is refused; NONE if it is not. */
  private Errors validate(OffsetCommitRequestData asked, int version, List<Item> items) {
    int generation = asked.generationIdOrMemberEpoch();
    ConsumerGroup consumers = shard.consumers().newest(asked.groupId());
    if (consumers != null) {
      List<IdPartition> partitions =
          items.stream()
              .map(item -> new IdPartition(item.topicId(), item.partition().partition()))
              .toList();
      return OffsetRules.commit(
          consumers,
          new OffsetRules.Commit(asked.memberId(), asked.groupInstanceId(), generation, partitions),
          version,
          shard.defects());
    }
    ClassicGroup group = shard.group(asked.groupId());
    if (group == null) {
      if (generation >= 0) {
        return version >= GROUP_ID_NOT_FOUND_SINCE
            ? Errors.GROUP_ID_NOT_FOUND
            : Errors.ILLEGAL_GENERATION;
      }
      // A consumer without group management, or an administrator, may begin a group by a commit.
      group = shard.groupOrNew(asked.groupId());
    }
    Errors invalid = validate(group, asked);
    boolean joined = group.is(GroupState.STABLE) || group.is(GroupState.PREPARING_REBALANCE);
    if (invalid == Errors.NONE && joined && group.has(asked.memberId())) {
      rebalance.restartSession(group, group.member(asked.memberId()));
    }
    return invalid;
  }

  private Errors validate(ClassicGroup group, OffsetCommitRequestData asked) {
    int generation = asked.generationIdOrMemberEpoch();
    if (group.is(GroupState.DEAD)) {
      return Errors.COORDINATOR_NOT_AVAILABLE;
    }
    if (generation < 0 && group.is(GroupState.EMPTY)) {
      return Errors.NONE;
    }
    if (generation >= 0
        && generation < group.generation()
        && shard.defects().has(Defect.COMMIT_FROM_OLD_GENERATION)) {
      return Errors.NONE;
    }
    if (generation >= 0 || !asked.memberId().isEmpty() || asked.groupInstanceId() != null) {
      Errors invalid = group.validateMember(asked.memberId(), asked.groupInstanceId());
      if (invalid != Errors.NONE) {
        return invalid;
      }
      if (generation != group.generation()) {
        return Errors.ILLEGAL_GENERATION;
      }
    } else {
      return Errors.UNKNOWN_MEMBER_ID;
    }
    // The member knows the new generation, but not yet what it owns in it.
    return group.is(GroupState.COMPLETING_REBALANCE) ? Errors.REBALANCE_IN_PROGRESS : Errors.NONE;
  }

  // ---- deletion (KIP-496)

  /**
   * @param image in which partitions are to be known
   */
  void delete(
      OffsetDeleteRequestData asked,
      MetadataImage image,
      Consumer<OffsetDeleteResponseData> answer) {
    ClassicGroup group = shard.group(asked.groupId());
    ConsumerGroup consumers = shard.consumers().newest(asked.groupId());
    Errors refused = consumers != null ? Errors.NONE : deletionRefusal(group);
    if (refused != Errors.NONE) {
      answer.accept(new OffsetDeleteResponseData().setErrorCode(refused.code()));
      return;
    }
    OffsetDeleteResponseData response = new OffsetDeleteResponseData();
    List<StateRecord> records = new ArrayList<>();
    asked
        .topics()
        .forEach(
            topic -> {
              OffsetDeleteResponseTopic told = new OffsetDeleteResponseTopic();
              told.setName(topic.name());
              response.topics().add(told);
              boolean subscribed =
                  consumers != null
                      ? consumers.subscribesTo(topic.name())
                      : group.subscribesTo(topic.name());
              for (var partition : topic.partitions()) {
                PartitionId id = new PartitionId(topic.name(), partition.partitionIndex());
                boolean known = image.partition(id).isPresent();
                Errors error = deletionRefusal(known, subscribed);
                told.partitions()
                    .add(
                        new OffsetDeleteResponsePartition()
                            .setPartitionIndex(partition.partitionIndex())
                            .setErrorCode(error.code()));
                boolean kept =
                    shard.offsets(asked.groupId()).containsKey(id)
                        || shard.pendingOffsets().open(asked.groupId(), id);
                if (error == Errors.NONE && kept) {
                  records.add(new StateRecord.Offset(asked.groupId(), id, null));
                }
              }
            });
    forget(
        records,
        error ->
            answer.accept(
                error == Errors.NONE
                    ? response
                    : new OffsetDeleteResponseData().setErrorCode(error.code())));
  }

  private static Errors deletionRefusal(boolean known, boolean subscribed) {
    if (!known) {
      return Errors.UNKNOWN_TOPIC_OR_PARTITION;
    }
    return subscribed ? Errors.GROUP_SUBSCRIBED_TO_TOPIC : Errors.NONE;
  }

  private static Errors deletionRefusal(ClassicGroup group) {
    if (group == null || group.is(GroupState.DEAD)) {
      return Errors.GROUP_ID_NOT_FOUND;
    }
    boolean empty = group.is(GroupState.EMPTY);
    return empty || group.usesConsumerProtocol() ? Errors.NONE : Errors.NON_EMPTY_GROUP;
  }

  /** Deletes an empty consumer group with its offsets. */
  void delete(ConsumerGroup group, List<StateRecord> offsets, Consumer<Errors> done) {
    List<StateRecord> records = new ArrayList<>(offsets);
    records.addAll(ConsumerGroups.tombstones(group));
    shard
        .consumers()
        .write(
            group.id(),
            null,
            records,
            () -> offsets.forEach(record -> shard.apply((StateRecord.Offset) record)),
            error -> done.accept(Shard.toCoordinatorError(error)));
  }

  /** Writes tombstones; the offsets are gone once they are committed. */
  void forget(List<StateRecord> tombstones, Consumer<Errors> done) {
    if (tombstones.isEmpty()) {
      done.accept(Errors.NONE);
      return;
    }
    shard.append(
        tombstones,
        () -> {
          for (StateRecord record : tombstones) {
            if (record instanceof StateRecord.Offset offset) {
              shard.apply(offset);
            } else {
              shard.groups().remove(record.group());
            }
          }
        },
        error -> done.accept(Shard.toCoordinatorError(error)));
  }
}
