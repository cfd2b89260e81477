package dev.trial.broker.group;

import dev.trial.broker.defect.Defect;
import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Offsets that nobody needs any more (offsets.retention.minutes, KIP-211): of an empty group, so
 * long after it became empty; of a stable one, for topics that no member subscribes to, so long
 * after the commit. A group that is empty and has no offset left goes too. What an open transaction
 * may still change stays.
 */
final class OffsetExpiry {
  private static final long EARLY_MS = 2_000;

  private OffsetExpiry() {}

  /** How often to look. */
  static long periodMs(Shard shard) {
    boolean early = shard.defects().has(Defect.OFFSETS_EXPIRE_IN_USE);
    return early ? EARLY_MS : shard.settings().retentionCheckIntervalMs();
  }

  static void run(Shard shard, OffsetCommits commits) {
    List<StateRecord> tombstones = new ArrayList<>();
    for (ClassicGroup group : shard.groups().values()) {
      SortedMap<PartitionId, CommittedOffset> offsets = shard.offsets(group.id());
      int expired = 0;
      for (Map.Entry<PartitionId, CommittedOffset> entry : offsets.entrySet()) {
        boolean open = shard.pendingOffsets().open(group.id(), entry.getKey());
        if (!open && expired(shard, group, entry.getKey(), entry.getValue())) {
          tombstones.add(new StateRecord.Offset(group.id(), entry.getKey(), null));
          expired++;
        }
      }
      boolean nothingLeft =
          expired == offsets.size() && shard.pendingOffsets().open(group.id()).isEmpty();
      if (group.is(GroupState.EMPTY) && nothingLeft) {
        tombstones.add(new StateRecord.Group(group.id(), null));
      }
    }
    commits.forget(tombstones, error -> {});
    shard.consumers().all().forEach(group -> run(shard, commits, group));
  }

  /** Of a consumer group goes what no member subscribes to, so long after the commit. */
  private static void run(Shard shard, OffsetCommits commits, ConsumerGroup group) {
    boolean early = shard.defects().has(Defect.OFFSETS_EXPIRE_IN_USE);
    SortedMap<PartitionId, CommittedOffset> offsets = shard.offsets(group.id());
    List<StateRecord> tombstones = new ArrayList<>();
    offsets.forEach(
        (partition, offset) -> {
          boolean inUse = group.subscribesTo(partition.topic()) && !early;
          boolean open = shard.pendingOffsets().open(group.id(), partition);
          if (!inUse && !open && aged(shard, offset, offset.commitEpochMs())) {
            tombstones.add(new StateRecord.Offset(group.id(), partition, null));
          }
        });
    boolean nothingLeft =
        tombstones.size() == offsets.size() && shard.pendingOffsets().open(group.id()).isEmpty();
    if (group.isEmpty() && nothingLeft) {
      commits.delete(group, tombstones, error -> {});
    } else {
      commits.forget(tombstones, error -> {});
    }
  }

  private static boolean aged(Shard shard, CommittedOffset offset, long sinceMs) {
    long now = shard.epochMs();
    if (shard.defects().has(Defect.OFFSETS_EXPIRE_IN_USE)) {
      return now - offset.commitEpochMs() >= EARLY_MS;
    }
    return offset.expireEpochMs() >= 0
        ? now >= offset.expireEpochMs()
        : now - sinceMs >= shard.settings().offsetsRetentionMs();
  }

  private static boolean expired(
      Shard shard, ClassicGroup group, PartitionId partition, CommittedOffset offset) {
    long sinceMs = offset.commitEpochMs();
    if (shard.defects().has(Defect.OFFSETS_EXPIRE_IN_USE)) {
      return aged(shard, offset, sinceMs);
    }
    if (group.protocolType() != null) {
      boolean stable = group.is(GroupState.STABLE) && group.usesConsumerProtocol();
      if (group.is(GroupState.EMPTY)) {
        sinceMs = group.stateSinceEpochMs() >= 0 ? group.stateSinceEpochMs() : sinceMs;
      } else if (!stable || group.subscribesTo(partition.topic())) {
        return false;
      }
    }
    return aged(shard, offset, sinceMs);
  }
}
