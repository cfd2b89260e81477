package dev.trial.broker.group.consumer;

import dev.trial.broker.group.consumer.ConsumerGroupRecord.AssignmentEpoch;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;

/** Computes a group's target (Kafka's TargetAssignmentBuilder). */
final class TargetAssignment {
  private final Assignors assignors;
  private final SubscribedTopics topics;

  TargetAssignment(Assignors assignors, SubscribedTopics topics) {
    this.assignors = assignors;
    this.topics = topics;
  }

  /** The group with a target for its present epoch. */
  ConsumerGroup computed(ConsumerGroup group, long nowMs) {
    SortedMap<String, Assignor.Member> members = new TreeMap<>();
    for (ConsumerMember member : group.members().values()) {
      SortedSet<Uuid> subscribed =
          new TreeSet<>(topics.partitionCounts(topics.of(member.subscription())).keySet());
      members.put(
          member.id(),
          new Assignor.Member(
              member.id(), member.instanceId(), subscribed, group.targetOf(member.id())));
    }
    SortedMap<String, SortedSet<IdPartition>> assigned =
        assignors
            .preferredBy(group)
            .assign(new Assignor.Input(members, topics.partitionCounts(topics.of(group))));
    SortedMap<String, SortedSet<IdPartition>> targets = new TreeMap<>();
    for (String member : members.keySet()) {
      targets.put(member, assigned.getOrDefault(member, Collections.emptySortedSet()));
    }
    return group.withTargets(targets).with(new AssignmentEpoch(group.epoch(), nowMs));
  }
}
