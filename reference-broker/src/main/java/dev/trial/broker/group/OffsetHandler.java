package dev.trial.broker.group;

import dev.trial.broker.group.GroupCoordinator.Found;
import dev.trial.broker.group.consumer.ConsumerGroup;
import dev.trial.broker.group.consumer.OffsetRules;
import dev.trial.broker.metadata.PartitionState;
import dev.trial.broker.metadata.TopicState;
import dev.trial.broker.wire.RequestContext;
import dev.trial.broker.wire.Responder;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponsePartition;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponseTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;

/** OffsetCommit and OffsetFetch on the wire. */
final class OffsetHandler {
  private static final int TOPIC_IDS_SINCE = 10;

  private final GroupCoordinator coordinator;
  private final OffsetFetches fetches;

  OffsetHandler(GroupCoordinator coordinator) {
    this.coordinator = coordinator;
    this.fetches = new OffsetFetches(coordinator.image());
  }

  // ---- commit

  void commit(RequestContext context, ApiMessage request, Responder responder) {
    OffsetCommitRequestData asked = (OffsetCommitRequestData) request;
    OffsetCommitResponseData response = new OffsetCommitResponseData();
    List<OffsetCommits.Item> items = new ArrayList<>();
    for (OffsetCommitRequestTopic topic : asked.topics()) {
      if (topic.partitions().isEmpty()) {
        continue; // and is not told of
      }
      collect(topic, context.version() >= TOPIC_IDS_SINCE, response, items);
    }
    Found found = items.isEmpty() ? null : coordinator.find(asked.groupId());
    if (found == null) {
      responder.answer(response);
    } else if (found.error() != Errors.NONE) {
      items.forEach(item -> item.outcome().accept(found.error()));
      responder.answer(response);
    } else {
      found
          .service()
          .commits()
          .commit(asked, context.version(), items, () -> responder.answer(response));
    }
  }

  private void collect(
      OffsetCommitRequestTopic asked,
      boolean byId,
      OffsetCommitResponseData response,
      List<OffsetCommits.Item> items) {
    OffsetCommitResponseTopic told =
        new OffsetCommitResponseTopic().setName(asked.name()).setTopicId(asked.topicId());
    response.topics().add(told);
    TopicState topic =
        byId
            ? coordinator.image().get().topic(asked.topicId()).orElse(null)
            : coordinator.image().get().topics().get(asked.name());
    for (OffsetCommitRequestPartition partition : asked.partitions()) {
      OffsetCommitResponsePartition outcome =
          new OffsetCommitResponsePartition().setPartitionIndex(partition.partitionIndex());
      told.partitions().add(outcome);
      if (topic == null) {
        Errors unknown = byId ? Errors.UNKNOWN_TOPIC_ID : Errors.UNKNOWN_TOPIC_OR_PARTITION;
        outcome.setErrorCode(unknown.code());
      } else if (!hasPartition(topic, partition.partitionIndex())) {
        outcome.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
      } else {
        items.add(
            new OffsetCommits.Item(
                new PartitionId(topic.name(), partition.partitionIndex()),
                topic.id(),
                partition,
                error -> outcome.setErrorCode(error.code())));
      }
    }
  }

  private static boolean hasPartition(TopicState topic, int number) {
    for (PartitionState partition : topic.partitions()) {
      if (partition.partition() == number) {
        return true;
      }
    }
    return false;
  }

  // ---- fetch

  void fetch(RequestContext context, ApiMessage request, Responder responder) {
    OffsetFetchRequestData asked = (OffsetFetchRequestData) request;
    List<OffsetFetchRequestGroup> groups = OffsetFetches.groups(asked, context.version());
    OffsetFetchResponseGroup[] answers = new OffsetFetchResponseGroup[groups.size()];
    int[] open = {groups.size() + 1};
    Runnable oneEnded =
        () -> {
          open[0]--;
          if (open[0] == 0) {
            responder.answer(OffsetFetches.response(List.of(answers), context.version()));
          }
        };
    for (int i = 0; i < answers.length; i++) {
      int index = i;
      fetch(
          groups.get(i),
          asked.requireStable(),
          context.version(),
          answer -> {
            answers[index] = answer;
            oneEnded.run();
          });
    }
    oneEnded.run();
  }

  private void fetch(
      OffsetFetchRequestGroup asked,
      boolean stable,
      int version,
      java.util.function.Consumer<OffsetFetchResponseGroup> answer) {
    Found found = coordinator.find(asked.groupId());
    Errors refused =
        found.error() != Errors.NONE ? found.error() : refusal(found.service().shard(), asked);
    if (refused != Errors.NONE) {
      answer.accept(OffsetFetches.refused(asked, refused, version));
    } else if (stable) {
      Shard shard = found.service().shard();
      shard.whenSettled(() -> answer.accept(settled(shard, asked, version)));
    } else {
      answer.accept(fetches.fetch(found.service().shard(), asked, false, version));
    }
  }

  /** A member of a consumer group says so, and in which epoch (OffsetFetch v9, KIP-848). */
  private static Errors refusal(Shard shard, OffsetFetchRequestGroup asked) {
    ConsumerGroup group = shard.consumers().committed(asked.groupId());
    return group == null
        ? Errors.NONE
        : OffsetRules.fetch(group, asked.memberId(), asked.memberEpoch());
  }

  private OffsetFetchResponseGroup settled(
      Shard shard, OffsetFetchRequestGroup asked, int version) {
    return shard.closed()
        ? OffsetFetches.refused(asked, Errors.NOT_COORDINATOR, version)
        : fetches.fetch(shard, asked, true, version);
  }
}
