package dev.trial.broker.group;

import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.group.consumer.ConsumerGroupRecord;
import dev.trial.broker.group.consumer.GroupDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.protocol.Errors;

/**
 * The consumer groups (KIP-848) of a shard. As in Kafka's coordinator runtime a change counts for
 * the next request as soon as its records are in the log, while whoever asked is answered, and
 * readers see it, when they are committed; a change that the log refuses is undone.
 */
final class ConsumerGroups {
  private final Shard shard;
  private final SortedMap<String, ConsumerGroup> newest = new TreeMap<>();
  private final SortedMap<String, ConsumerGroup> committed = new TreeMap<>();

  ConsumerGroups(Shard shard) {
    this.shard = shard;
  }

  /** With all changes that are on their way; null if there is no such group. */
  ConsumerGroup newest(String id) {
    return newest.get(id);
  }

  /** As readers see it; null if there is no such group. */
  ConsumerGroup committed(String id) {
    return committed.get(id);
  }

  /** All groups with the changes that are on their way. */
  List<ConsumerGroup> all() {
    return new ArrayList<>(newest.values());
  }

  /** All groups as readers see them. */
  List<ConsumerGroup> allCommitted() {
    return new ArrayList<>(committed.values());
  }

  /** Takes over a record that the log held when this broker became the coordinator. */
  void load(String id, ConsumerGroupRecord fact) {
    ConsumerGroup known = newest.get(id);
    if (fact instanceof ConsumerGroupRecord.Epoch epoch && epoch.tombstone()) {
      put(newest, id, null);
    } else if (known != null || !fact.tombstone()) {
      put(newest, id, (known == null ? ConsumerGroup.named(id) : known).replayed(fact));
    }
    put(committed, id, newest.get(id));
  }

  private static void put(SortedMap<String, ConsumerGroup> groups, String id, ConsumerGroup group) {
    if (group == null) {
      groups.remove(id);
    } else {
      groups.put(id, group);
    }
  }

  /** Records that lead from one value of a group to the next. */
  static List<StateRecord> difference(ConsumerGroup before, ConsumerGroup after) {
    return named(before.id(), GroupDifference.between(before, after));
  }

  /** Records that make a group. */
  static List<StateRecord> creation(ConsumerGroup group) {
    return named(group.id(), GroupDifference.creation(group));
  }

  /** Records that delete a group. */
  static List<StateRecord> tombstones(ConsumerGroup group) {
    return named(group.id(), GroupDifference.tombstones(group));
  }

  private static List<StateRecord> named(String id, List<ConsumerGroupRecord> facts) {
    List<StateRecord> records = new ArrayList<>(facts.size());
    facts.forEach(fact -> records.add(new StateRecord.Consumer(id, fact)));
    return records;
  }

  /**
   * Replaces a group's value.
   *
   * @param after null if the group is deleted
   * @param records what the log is to keep of it
   * @param whenCommitted what else becomes true with it
   * @param answer how it ended
   */
  void write(
      String id,
      ConsumerGroup after,
      List<StateRecord> records,
      Runnable whenCommitted,
      Consumer<Errors> answer) {
    ConsumerGroup before = newest.get(id);
    put(newest, id, after);
    boolean[] underWay = {true};
    boolean[] refused = {false};
    shard.append(
        records,
        () -> {
          put(committed, id, after);
          whenCommitted.run();
        },
        error -> {
          refused[0] |= underWay[0] && error != Errors.NONE;
          answer.accept(error);
        });
    underWay[0] = false;
    if (refused[0]) {
      put(newest, id, before);
    }
  }

  /**
   * Replaces a group's value, also in the place of a classic group. A change without records tells
   * nothing new, but must not overtake those on their way.
   */
  void change(ConsumerGroup after, List<StateRecord> records, Consumer<Errors> answer) {
    if (records.isEmpty()) {
      shard.whenSettled(
          () -> answer.accept(shard.closed() ? Errors.NOT_LEADER_OR_FOLLOWER : Errors.NONE));
      return;
    }
    ClassicGroup classic = shard.giveWay(after.id());
    boolean[] refused = {false};
    write(
        after.id(),
        after,
        records,
        () -> {
          if (classic != null) {
            shard.gaveWay(classic);
          }
        },
        error -> {
          refused[0] = error != Errors.NONE;
          answer.accept(error);
        });
    if (classic != null && refused[0]) {
      shard.takeBack(classic);
    }
  }

  /** Deletes a group for good; its offsets are not touched. */
  void delete(ConsumerGroup group, Consumer<Errors> answer) {
    write(group.id(), null, tombstones(group), () -> {}, answer);
  }
}
