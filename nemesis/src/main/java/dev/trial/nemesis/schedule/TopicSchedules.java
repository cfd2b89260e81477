package dev.trial.nemesis.schedule;

import static dev.trial.core.fault.FaultKind.KILL;
import static dev.trial.core.fault.FaultKind.PARTITION_INCREASE;
import static dev.trial.core.fault.FaultKind.RECORD_DELETION;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.history.PartitionId;
import java.util.List;

/** What an administrator does to a topic while clients use it. */
final class TopicSchedules {

  private static final long EARLIEST_MS = 6_000;
  private static final long LATEST_MS = 12_000;

  /** Longer than any load. */
  private static final long ONCE_MS = 1_000_000_000_000L;

  private TopicSchedules() {}

  static List<Schedule> all() {
    return List.of(partitionIncrease(), recordsDeleted());
  }

  /** Once, early enough for clients that look at metadata seldom to find out within the load. */
  private static Schedule partitionIncrease() {
    return new Rounds(
        "partitions-added",
        "An administrator adds partitions to a topic in mid stream, once.",
        Rounds.kinds(PARTITION_INCREASE),
        scene -> LATEST_MS,
        scene -> ONCE_MS,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          int count = (int) random.between(1, 3);
          timeline.add(
              random.between(EARLIEST_MS, LATEST_MS),
              0,
              new Fault.PartitionIncrease(partition.topic(), count),
              new Role.Controller());
          return LATEST_MS;
        });
  }

  /** The leader dies now and then: its successor must begin where it began. */
  private static Schedule recordsDeleted() {
    return new Rounds(
        "records-deleted",
        "An administrator deletes the older half of a partition; a leader dies before or after it.",
        Rounds.kinds(RECORD_DELETION, KILL),
        scene -> 2_000 + LeaderSchedules.failoverMs(scene),
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          long deletionMs = random.nextLong(2_000);
          long downMs = LeaderSchedules.failoverLength(scene, random);
          timeline.add(
              deletionMs,
              0,
              new Fault.RecordDeletion(partition.topic(), partition.partition()),
              new Role.Controller());
          timeline.add(
              random.nextLong(2_000),
              downMs,
              new Fault.Kill(),
              new Role.Leader(partition.topic(), partition.partition()));
          return 2_000 + downMs;
        });
  }
}
