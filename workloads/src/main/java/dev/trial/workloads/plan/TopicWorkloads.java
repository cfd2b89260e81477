package dev.trial.workloads.plan;

import static dev.trial.workloads.plan.Draft.TOPIC;

import dev.trial.core.run.Workload;
import dev.trial.workloads.program.PinningPartitioner;
import java.util.List;
import java.util.Map;

/** Workloads about the life of a topic: more partitions, deletion, compaction. */
final class TopicWorkloads {
  private static final String GROUP = "billing";
  private static final int PARTITIONS = 2;

  private TopicWorkloads() {}

  static List<Workload> all() {
    return List.of(
        new NamedWorkload(
            "slow-group",
            "keyed producers that are faster than the group which processes their records",
            draft -> slowGroup(draft)),
        new NamedWorkload(
            "slow-group-pinned",
            "the same with a partitioner that keeps keys in the partitions of the first day",
            draft ->
                slowGroup(draft)
                    .producerSettings(
                        Map.of(
                            "partitioner.class",
                            PinningPartitioner.class.getName(),
                            PinningPartitioner.PINNED,
                            String.valueOf(PARTITIONS)))),
        new NamedWorkload(
            "short-lived-keys",
            "keys that are written a few times and then left alone, some with a tombstone at last",
            TopicWorkloads::shortLivedKeys));
  }

  /**
   * Records that nobody updates any more soon lie in closed segments, where cleaning meets them.
   */
  private static void shortLivedKeys(Draft draft) {
    Object[] keys = {"interval-ms", 40, "keys", 8, "key-rounds", 5};
    draft.topic(TOPIC, 2);
    draft.producers(draft.count("producers", 3), Programs.SENDER, keys);
    draft.judged(GROUP).members(GROUP, draft.count("consumers", 2));
  }

  /** The backlog is what tells: a new partition has none, and is read at once. */
  private static Draft slowGroup(Draft draft) {
    draft.topic(TOPIC, PARTITIONS);
    draft.producers(draft.count("producers", 2), Programs.SENDER, "interval-ms", 40);
    draft.producers(1, Programs.SENDER, "interval-ms", 200, "keys", 0);
    return draft
        .judged(GROUP)
        .members(GROUP, draft.count("consumers", 2), "process-ms", draft.count("process-ms", 45));
  }
}
