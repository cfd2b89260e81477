package dev.trial.nemesis.schedule;

import static dev.trial.core.fault.FaultKind.KILL;
import static dev.trial.core.fault.FaultKind.PARTITION_INCREASE;
import static dev.trial.core.fault.FaultKind.PREFERRED_ELECTION;
import static dev.trial.core.fault.FaultKind.REASSIGNMENT;
import static dev.trial.core.fault.FaultKind.RECORD_DELETION;
import static dev.trial.core.fault.FaultKind.TOPIC_RECREATION;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.history.PartitionId;
import java.util.List;

/** What an administrator does to a topic while clients use it. */
final class TopicSchedules {

  private static final long EARLIEST_MS = 6_000;
  private static final long LATEST_MS = 12_000;

  private static final long MOVE_MS = 3_000;
  private static final long AWAY_MS = 25_000;
  private static final long MOMENT_MS = 1_500;
  private static final long BEFORE_MS = 500;

  /** Longer than any load. */
  private static final long ONCE_MS = 1_000_000_000_000L;

  private TopicSchedules() {}

  static List<Schedule> all() {
    return List.of(
        partitionIncrease(),
        recordsDeleted(),
        replicasMoved(),
        recreated(
            "topic-recreated",
            "Its consumers stand still for a moment, as one that collects garbage does.",
            new Fault.Pause(),
            MOMENT_MS),
        recreated(
            "topic-recreated-in-absence", "Its consumers are down.", new Fault.Kill(), AWAY_MS),
        recreated(
            "topic-recreated-in-pause", "Its consumers stand still.", new Fault.Pause(), AWAY_MS));
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

  /** Long enough for the new log to outgrow the positions of the old one. */
  private static Schedule recreated(String id, String meanwhile, Fault absence, long awayMs) {
    return new Rounds(
        id,
        "An administrator deletes a topic and makes it again, once. " + meanwhile,
        Rounds.kinds(TOPIC_RECREATION, absence.kind()),
        scene -> LATEST_MS + AWAY_MS,
        scene -> ONCE_MS,
        (scene, timeline, random) -> {
          long atMs = random.between(EARLIEST_MS, LATEST_MS);
          String topic = random.pick(scene.partitions()).topic();
          timeline.add(atMs, 0, new Fault.TopicRecreation(topic), new Role.Controller());
          for (String consumer : scene.consumers()) {
            timeline.add(atMs - BEFORE_MS, BEFORE_MS + awayMs, absence, new Role.Client(consumer));
          }
          return LATEST_MS + AWAY_MS;
        });
  }

  /** Most rounds also kill the leader while the new replica still copies, or just has. */
  private static Schedule replicasMoved() {
    return new Rounds(
        "replicas-moved",
        "An administrator moves replicas and leaders; now and then a leader dies meanwhile.",
        Rounds.kinds(REASSIGNMENT, PREFERRED_ELECTION, KILL),
        scene -> MOVE_MS + LeaderSchedules.failoverMs(scene),
        scene -> MOVE_MS,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          long lengthMs = MOVE_MS;
          timeline.add(
              0,
              0,
              new Fault.Reassignment(partition.topic(), partition.partition()),
              new Role.Controller());
          timeline.add(
              random.between(500, MOVE_MS),
              0,
              new Fault.PreferredElection(partition.topic(), partition.partition()),
              new Role.Controller());
          if (random.chance(0.6)) {
            long downMs = LeaderSchedules.failoverLength(scene, random);
            timeline.add(
                random.between(1, MOVE_MS),
                downMs,
                new Fault.Kill(),
                new Role.Leader(partition.topic(), partition.partition()));
            lengthMs += downMs;
          }
          return lengthMs;
        });
  }
}
