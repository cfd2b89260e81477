package dev.trial.broker.group;

import dev.trial.broker.group.GroupCoordinator.Found;
import dev.trial.broker.group.consumer.ConsumerGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DeleteGroupsResponseData.DeletableGroupResult;
import org.apache.kafka.common.message.DeleteGroupsResponseData.DeletableGroupResultCollection;
import org.apache.kafka.common.protocol.Errors;

/** DeleteGroups (KIP-229): empty groups and all their offsets go, in one append per group. */
final class GroupDeletion {
  private final List<String> names;
  private final Function<String, Found> find;
  private final DeletableGroupResultCollection results = new DeletableGroupResultCollection();
  private int open;

  GroupDeletion(List<String> names, Function<String, Found> find) {
    this.names = GroupHandlers.distinct(names);
    this.find = find;
  }

  void run(Consumer<DeleteGroupsResponseData> answer) {
    open = names.size() + 1;
    for (String name : names) {
      Found found = find.apply(name);
      if (found.error() != Errors.NONE) {
        ended(name, found.error(), answer);
      } else {
        delete(found, name, answer);
      }
    }
    close(answer);
  }

  private void delete(Found found, String name, Consumer<DeleteGroupsResponseData> answer) {
    Shard shard = found.service().shard();
    ClassicGroup group = shard.group(name);
    ConsumerGroup consumers = shard.consumers().newest(name);
    if (consumers != null) {
      if (consumers.isEmpty()) {
        found
            .service()
            .commits()
            .delete(consumers, offsets(shard, name), error -> ended(name, error, answer));
      } else {
        ended(name, Errors.NON_EMPTY_GROUP, answer);
      }
    } else if (group == null || group.is(GroupState.DEAD)) {
      ended(name, Errors.GROUP_ID_NOT_FOUND, answer);
    } else if (!group.is(GroupState.EMPTY)) {
      ended(name, Errors.NON_EMPTY_GROUP, answer);
    } else {
      List<StateRecord> tombstones = offsets(shard, name);
      tombstones.add(new StateRecord.Group(name, null));
      found.service().commits().forget(tombstones, error -> ended(name, error, answer));
    }
  }

  /** Tombstones of all offsets of the group, those of open transactions included. */
  private static List<StateRecord> offsets(Shard shard, String name) {
    List<StateRecord> tombstones = new ArrayList<>();
    for (var partition : shard.offsets(name).keySet()) {
      tombstones.add(new StateRecord.Offset(name, partition, null));
    }
    for (var partition : shard.pendingOffsets().open(name)) {
      if (!shard.offsets(name).containsKey(partition)) {
        tombstones.add(new StateRecord.Offset(name, partition, null));
      }
    }
    return tombstones;
  }

  private void ended(String name, Errors error, Consumer<DeleteGroupsResponseData> answer) {
    results.add(new DeletableGroupResult().setGroupId(name).setErrorCode(error.code()));
    close(answer);
  }

  private void close(Consumer<DeleteGroupsResponseData> answer) {
    open--;
    if (open == 0) {
      answer.accept(new DeleteGroupsResponseData().setResults(results));
    }
  }
}
