package dev.trial.broker.group.consumer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/** Decides what each member is to own. Every partition of a subscribed topic finds one member. */
interface Assignor {

  /** The name that members ask for. */
  String name();

  /** What each of the members is to own; a member may be missing if it gets nothing. */
  SortedMap<String, SortedSet<IdPartition>> assign(Input input);

  /**
   * The group as an assignor sees it.
   *
   * @param members by id
   * @param partitionCounts of all topics that somebody subscribes to
   */
  record Input(SortedMap<String, Member> members, SortedMap<Uuid, Integer> partitionCounts) {

    /** True if all members subscribe to the same topics (SubscriptionType.HOMOGENEOUS). */
    boolean homogeneous() {
      return members.values().stream()
          .allMatch(member -> member.topics().size() == partitionCounts.size());
    }

    /** Nobody has anything yet. */
    SortedMap<String, SortedSet<IdPartition>> nothing() {
      SortedMap<String, SortedSet<IdPartition>> nothing = new TreeMap<>();
      members.keySet().forEach(member -> nothing.put(member, new TreeSet<>()));
      return nothing;
    }
  }

  /**
   * A member.
   *
   * @param instanceId null for a dynamic member
   * @param topics ids of the existing topics it subscribes to
   * @param target what it was to own so far
   */
  record Member(
      String id, String instanceId, SortedSet<Uuid> topics, SortedSet<IdPartition> target) {
    public Member {
      topics = Collections.unmodifiableSortedSet(topics);
      target = Collections.unmodifiableSortedSet(target);
    }
  }
}
