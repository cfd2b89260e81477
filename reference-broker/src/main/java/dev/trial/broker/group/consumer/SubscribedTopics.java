package dev.trial.broker.group.consumer;

import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** The topics that exist, as groups see them. */
final class SubscribedTopics {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final MetadataImage image;

  SubscribedTopics(MetadataImage image) {
    this.image = image;
  }

  /** Ids and partition counts of those topics that exist. */
  SortedMap<Uuid, Integer> partitionCounts(SortedSet<String> names) {
    SortedMap<Uuid, Integer> counts = new TreeMap<>();
    for (String name : names) {
      TopicState topic = image.topics().get(name);
      if (topic != null) {
        counts.put(topic.id(), topic.partitions().size());
      }
    }
    return counts;
  }

  /**
   * A number that changes when one of the topics is created, deleted, recreated or extended; 0 for
   * none (KIP-1101; which hash it is, is the coordinator's own affair).
   */
  long hash(SortedSet<String> names) {
    long hash = FNV_OFFSET;
    boolean any = false;
    for (String name : names) {
      TopicState topic = image.topics().get(name);
      if (topic != null) {
        any = true;
        hash = mixed(hash, topic.id().getMostSignificantBits());
        hash = mixed(hash, topic.id().getLeastSignificantBits());
        hash = mixed(hash, topic.partitions().size());
      }
    }
    return any ? hash : 0;
  }

  private static long mixed(long hash, long value) {
    long mixed = hash;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      mixed = (mixed ^ (value >>> shift & 0xff)) * FNV_PRIME;
    }
    return mixed;
  }
}
