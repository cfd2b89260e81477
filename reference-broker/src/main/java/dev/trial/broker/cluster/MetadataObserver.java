package dev.trial.broker.cluster;

import dev.trial.broker.metadata.Image;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import dev.trial.core.history.Action.Leadership;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Recorder;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Sees committed metadata through the controllers and writes each change of a partition to the
 * history once, when the first of them learns of it.
 */
final class MetadataObserver {
  private final Recorder recorder;
  private final Set<PartitionId> uncleanlyElected = new ConcurrentSkipListSet<>();
  private volatile MetadataImage newest = Image.EMPTY;

  MetadataObserver(Recorder recorder) {
    this.recorder = recorder;
  }

  /** The newest image that any controller has had. */
  MetadataImage newest() {
    return newest;
  }

  /** True once a replica outside the in-sync set was elected: committed records may be gone. */
  boolean uncleanlyElected(PartitionId partition) {
    return uncleanlyElected.contains(partition);
  }

  /** A controller applied an entry; entries that were seen before are ignored. */
  synchronized void changed(MetadataImage before, MetadataImage after) {
    if (after.offset() <= newest.offset()) {
      return;
    }
    newest = after;
    for (TopicState topic : after.topics().values()) {
      TopicState known = before.topics().get(topic.name());
      if (known != topic) {
        topicChanged(known, topic);
      }
    }
  }

  private void topicChanged(TopicState known, TopicState topic) {
    boolean same = known != null && known.id().equals(topic.id());
    for (int i = 0; i < topic.partitions().size(); i++) {
      boolean had = same && i < known.partitions().size();
      PartitionState before = had ? known.partitions().get(i) : null;
      PartitionState now = topic.partitions().get(i);
      if (!now.equals(before) && (before == null || visible(before, now))) {
        record(new PartitionId(topic.name(), i), before, now);
      }
    }
  }

  private static boolean visible(PartitionState before, PartitionState now) {
    return before.leaderEpoch() != now.leaderEpoch()
        || before.leader() != now.leader()
        || !before.inSyncReplicas().equals(now.inSyncReplicas());
  }

  private void record(PartitionId id, PartitionState before, PartitionState now) {
    boolean sameLeader =
        before != null
            && before.leader() == now.leader()
            && before.leaderEpoch() == now.leaderEpoch();
    if (now.election() == Election.UNCLEAN || now.election() == Election.LAST_KNOWN) {
      uncleanlyElected.add(id);
    }
    recorder.fact(
        Operation.HARNESS,
        new Leadership(
            id,
            now.leader(),
            now.leaderEpoch(),
            now.inSyncReplicas(),
            sameLeader ? Election.SAME : now.election()));
  }
}
