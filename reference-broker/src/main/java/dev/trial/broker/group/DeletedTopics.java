package dev.trial.broker.group;

import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Committed offsets go with their topic (Kafka's OffsetMetadataManager.onPartitionsDeleted). */
final class DeletedTopics {

  private DeletedTopics() {}

  /** Names of topics that are gone, or of which another one has taken the name. */
  static Set<String> between(MetadataImage before, MetadataImage after) {
    Set<String> gone = new TreeSet<>();
    if (before.topics() != after.topics()) {
      for (TopicState topic : before.topics().values()) {
        if (after.topic(topic.id()).isEmpty()) {
          gone.add(topic.name());
        }
      }
    }
    return gone;
  }

  static void forget(Shard shard, OffsetCommits commits, Set<String> topics) {
    List<StateRecord> tombstones = new ArrayList<>();
    for (String group : shard.offsets().keySet()) {
      SortedMap<PartitionId, CommittedOffset> offsets = shard.offsets(group);
      for (PartitionId partition : offsets.keySet()) {
        boolean open = shard.pendingOffsets().open(group, partition);
        if (topics.contains(partition.topic()) && !open) {
          tombstones.add(new StateRecord.Offset(group, partition, null));
        }
      }
    }
    commits.forget(tombstones, error -> {});
  }
}
