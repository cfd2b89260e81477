package dev.trial.nemesis.schedule;

import static dev.trial.core.fault.FaultKind.BIT_FLIP;
import static dev.trial.core.fault.FaultKind.KILL;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.RandomStream;
import java.util.List;

/** Disks that fail, one broker at a time. */
final class DiskSchedules {
  private static final long UNNOTICED_MS = 200;

  private DiskSchedules() {}

  static List<Schedule> all() {
    return List.of(
        oneAtATime("disks-fail", "A broker's disk refuses every call.", new Fault.DiskFailure()),
        oneAtATime("disks-full", "A broker's disk is full.", new Fault.DiskFull()),
        oneAtATime("disks-unreadable", "A broker's disk cannot be read.", new Fault.ReadError()),
        oneAtATime("writes-torn", "Power goes in mid-write.", new Fault.TornWrite()),
        oneAtATime("disks-lost", "A broker loses its whole disk.", new Fault.DiskLoss()),
        oneAtATime("disks-slow", "A broker's disk is slow.", new Fault.SlowDisk(5, 25)),
        bitsFlip());
  }

  private static Schedule oneAtATime(String id, String what, Fault fault) {
    return new Rounds(
        id,
        what + " One broker at a time, mostly a leader.",
        Rounds.kinds(fault.kind()),
        LeaderSchedules::failoverMs,
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          long lengthMs = LeaderSchedules.failoverLength(scene, random);
          timeline.add(0, lengthMs, fault, whom(scene, random));
          return lengthMs;
        });
  }

  /** The broker dies soon afterwards, so that its recovery meets the bit. */
  private static Schedule bitsFlip() {
    return new Rounds(
        "bits-flip",
        "A bit of a broker's log flips on the disk, and the broker crashes soon after.",
        Rounds.kinds(BIT_FLIP, KILL),
        scene -> UNNOTICED_MS + LeaderSchedules.failoverMs(scene),
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          Role broker = LeaderSchedules.broker(scene, random);
          long unnoticedMs = random.between(1, UNNOTICED_MS);
          long downMs = LeaderSchedules.failoverLength(scene, random);
          timeline.add(0, 0, new Fault.BitFlip(), broker);
          timeline.add(unnoticedMs, downMs, new Fault.Kill(), broker);
          return unnoticedMs + downMs;
        });
  }

  private static Role whom(Scene scene, RandomStream random) {
    PartitionId partition = random.pick(scene.partitions());
    return random.chance(0.7)
        ? new Role.Leader(partition.topic(), partition.partition())
        : LeaderSchedules.broker(scene, random);
  }
}
