package dev.trial.broker.group.consumer;

import com.google.re2j.Pattern;
import dev.trial.broker.metadata.MetadataImage;
import dev.trial.broker.metadata.TopicState;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/** The topics that exist, as groups see them. */
final class SubscribedTopics {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final MetadataImage image;

  SubscribedTopics(MetadataImage image) {
    this.image = image;
  }

  /**
   * Names that a member subscribes to: those it told, and those of the topics that match its
   * pattern as a whole now. Kafka's coordinator matches in the background and keeps what it found
   * for up to ten seconds; here a topic counts as soon as the coordinator hears of it.
   */
  SortedSet<String> of(Subscription subscription) {
    if (!subscription.hasRegex()) {
      return subscription.topics();
    }
    SortedSet<String> names = new TreeSet<>(subscription.topics());
    Pattern pattern = Pattern.compile(subscription.regex());
    for (String name : image.topics().keySet()) {
      if (pattern.matches(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Names of all topics that members of a group subscribe to. */
  SortedSet<String> of(ConsumerGroup group) {
    SortedSet<String> names = new TreeSet<>();
    group.members().values().forEach(member -> names.addAll(of(member.subscription())));
    return names;
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
