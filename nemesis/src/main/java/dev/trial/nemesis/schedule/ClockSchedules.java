package dev.trial.nemesis.schedule;

import static dev.trial.core.fault.FaultKind.CLOCK_DRIFT;
import static dev.trial.core.fault.FaultKind.CLOCK_JUMP;
import static dev.trial.core.fault.FaultKind.CLOCK_SKEW;
import static dev.trial.core.fault.FaultKind.KILL;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.Role;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.RandomStream;
import java.util.List;

/** Wall clocks that are wrong, of brokers and clients. */
final class ClockSchedules {
  /** Far beyond what leaders and members wait for, far below message.timestamp.after.max.ms. */
  private static final long OFFSET_MS_MAX = 90_000;

  /** Clients measure their own patience by the wall clock: a large jump is a standstill. */
  private static final long CLIENT_OFFSET_MS_MAX = 2_000;

  private static final long PPM_MAX = 100_000;
  private static final long LENGTH_MS_MAX = 8_000;

  private ClockSchedules() {}

  static List<Schedule> all() {
    return List.of(clocksWrong());
  }

  /** A fault of that kind as a draw of the swarm. */
  static Fault fault(FaultKind kind, RandomStream random) {
    return fault(kind, CLIENT_OFFSET_MS_MAX, random);
  }

  private static Fault fault(FaultKind kind, long offsetMsMax, RandomStream random) {
    long sign = random.chance(0.5) ? 1 : -1;
    return switch (kind) {
      case CLOCK_SKEW -> new Fault.ClockSkew(sign * random.between(1, offsetMsMax));
      case CLOCK_JUMP -> new Fault.ClockJump(sign * random.between(1, offsetMsMax));
      case CLOCK_DRIFT -> new Fault.ClockDrift(sign * random.between(1, PPM_MAX));
      default -> throw new IllegalArgumentException("no fault of a clock: " + kind);
    };
  }

  private static Schedule clocksWrong() {
    return new Rounds(
        "clocks-wrong",
        "Wall clocks of brokers and clients are off, jump or drift; a leader dies meanwhile.",
        Rounds.kinds(CLOCK_SKEW, CLOCK_JUMP, CLOCK_DRIFT, KILL),
        scene -> LENGTH_MS_MAX + LeaderSchedules.failoverMs(scene),
        scene -> LeaderSchedules.recoveryMs(scene) / 2,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          long lengthMs = random.between(LENGTH_MS_MAX / 4, LENGTH_MS_MAX);
          Role leader = new Role.Leader(partition.topic(), partition.partition());
          Role broker = random.chance(0.6) ? leader : LeaderSchedules.broker(scene, random);
          add(timeline, lengthMs, broker, OFFSET_MS_MAX, random);
          if (random.chance(0.6) && !scene.clients().isEmpty()) {
            Role client = new Role.Client(random.pick(scene.clients()));
            add(timeline, lengthMs, client, CLIENT_OFFSET_MS_MAX, random);
          }
          if (random.chance(0.7)) {
            long downMs = LeaderSchedules.failoverLength(scene, random);
            timeline.add(random.nextLong(lengthMs), downMs, new Fault.Kill(), leader);
            lengthMs += downMs;
          }
          return lengthMs;
        });
  }

  private static void add(
      Timeline timeline, long lengthMs, Role whom, long offsetMsMax, RandomStream random) {
    FaultKind kind = random.pick(List.of(CLOCK_SKEW, CLOCK_JUMP, CLOCK_DRIFT));
    timeline.add(0, kind == CLOCK_JUMP ? 0 : lengthMs, fault(kind, offsetMsMax, random), whom);
  }
}
