package dev.trial.nemesis.schedule;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Fault.Direction;
import dev.trial.core.fault.Fault.Side;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The general generator, swarm style (Groce et al., "Swarm Testing", ISSTA 2012): each seed draws
 * which families are on, how often each comes, how long faults last and whether they overlap, so
 * that seeds differ in kind and not only in detail.
 */
record SwarmSchedule(String id, String summary, Set<FaultKind> families) implements Schedule {
  private static final List<String> APIS =
      List.of("PRODUCE", "FETCH", "METADATA", "OFFSET_COMMIT", "HEARTBEAT", "FIND_COORDINATOR");
  private static final List<Integer> BUFFER_BYTES = List.of(0, 200, 1_000, 131_072);
  private static final long LENGTH_MS_MIN = 200;
  private static final Set<FaultKind> INSTANT =
      EnumSet.of(
          FaultKind.RESET,
          FaultKind.UNCLEAN_ELECTION,
          FaultKind.PARTITION_INCREASE,
          FaultKind.RECORD_DELETION,
          FaultKind.TOPIC_RECREATION,
          FaultKind.PREFERRED_ELECTION,
          FaultKind.REASSIGNMENT,
          FaultKind.BIT_FLIP,
          FaultKind.CLOCK_JUMP);

  static SwarmSchedule of(Set<FaultKind> families) {
    return new SwarmSchedule(
        "swarm",
        "Each seed draws which faults are on, how often, and whether they overlap.",
        EnumSet.copyOf(families));
  }

  /** Everything but what breaks acknowledged writes by intent. */
  static SwarmSchedule general() {
    Set<FaultKind> all = EnumSet.allOf(FaultKind.class);
    all.remove(FaultKind.POWER_LOSS);
    all.remove(FaultKind.UNCLEAN_ELECTION);
    all.removeAll(FaultKind.deliberate());
    return of(all);
  }

  @Override
  public long loadMsMin(Scene scene) {
    return Timeline.loadMsFor(4 * LENGTH_MS_MIN);
  }

  @Override
  public List<ScheduledFault> generate(Scene scene, RandomStream random) {
    Set<FaultKind> possible = EnumSet.copyOf(families);
    possible.retainAll(scene.families());
    if (possible.isEmpty()) {
      return List.of();
    }
    List<FaultKind> bag = drawFamilies(List.copyOf(possible), random);
    boolean overlapping = random.chance(0.4);
    long gapMs = random.between(300, 4_000);
    long lengthMs = random.between(500, scene.timing().failedOverAfterMs() + 3_000);
    Timeline timeline = new Timeline(scene.loadMs());
    timeline.advance(random.nextLong(Math.max(1, Math.min(gapMs, timeline.leftMs() / 2))));
    while (timeline.room(LENGTH_MS_MIN)) {
      long mineMs = Math.min(timeline.leftMs(), random.between(LENGTH_MS_MIN, 2 * lengthMs));
      FaultKind kind = random.pick(bag);
      boolean instant = INSTANT.contains(kind);
      add(timeline, instant ? 0 : mineMs, kind, scene, random);
      timeline.advance(
          random.between(gapMs / 2, gapMs * 2) + (overlapping || instant ? 0 : mineMs));
    }
    return timeline.schedule();
  }

  /** Each family is on or off; one that is on comes one to three times as often as another. */
  private static List<FaultKind> drawFamilies(List<FaultKind> possible, RandomStream random) {
    List<FaultKind> bag = new ArrayList<>();
    for (FaultKind kind : possible) {
      if (random.chance(0.35)) {
        for (long weight = random.between(1, 3); weight > 0; weight--) {
          bag.add(kind);
        }
      }
    }
    if (bag.isEmpty()) {
      bag.add(random.pick(possible));
    }
    return bag;
  }

  private static void add(
      Timeline timeline, long lengthMs, FaultKind kind, Scene scene, RandomStream random) {
    PartitionId partition = random.pick(scene.partitions());
    timeline.add(0, lengthMs, fault(kind, partition, random), whom(kind, partition, scene, random));
  }

  private static Fault fault(FaultKind kind, PartitionId partition, RandomStream random) {
    int count = (int) random.between(1, 5);
    long delayMs = random.between(50, 3_000);
    return switch (kind) {
      case KILL -> new Fault.Kill();
      case STOP -> new Fault.Stop();
      case PAUSE -> new Fault.Pause();
      case POWER_LOSS -> new Fault.PowerLoss();
      case PARTITION ->
          new Fault.Partition(
              random.pick(List.of(Side.values())), random.pick(List.of(Direction.values())));
      case HALVES -> new Fault.Halves();
      case LATENCY -> new Fault.Latency(delayMs / 10, delayMs / 20);
      case FREEZE -> new Fault.Freeze(random.pick(BUFFER_BYTES));
      case RESET -> new Fault.Reset();
      case DROP_ANSWER -> new Fault.DropAnswer(random.pick(APIS), count);
      case DELAY_ANSWER -> new Fault.DelayAnswer(random.pick(APIS), delayMs, count);
      case DELAY_REQUEST -> new Fault.DelayRequest(random.pick(APIS), delayMs, count);
      case REFUSE -> new Fault.Refuse("PRODUCE", "NOT_LEADER_OR_FOLLOWER", count);
      case UNCLEAN_ELECTION -> new Fault.UncleanElection(partition.topic(), partition.partition());
      case PARTITION_INCREASE -> new Fault.PartitionIncrease(partition.topic(), 1);
      case RECORD_DELETION -> new Fault.RecordDeletion(partition.topic(), partition.partition());
      case TOPIC_RECREATION -> new Fault.TopicRecreation(partition.topic());
      case PREFERRED_ELECTION ->
          new Fault.PreferredElection(partition.topic(), partition.partition());
      case REASSIGNMENT -> new Fault.Reassignment(partition.topic(), partition.partition());
      case DISK_FAILURE -> new Fault.DiskFailure();
      case DISK_FULL -> new Fault.DiskFull();
      case READ_ERROR -> new Fault.ReadError();
      case TORN_WRITE -> new Fault.TornWrite();
      case BIT_FLIP -> new Fault.BitFlip();
      case SLOW_DISK -> new Fault.SlowDisk(delayMs / 100, delayMs / 50);
      case DISK_LOSS -> new Fault.DiskLoss();
      case CLOCK_SKEW, CLOCK_JUMP, CLOCK_DRIFT -> ClockSchedules.fault(kind, random);
    };
  }

  private static Role whom(
      FaultKind kind, PartitionId partition, Scene scene, RandomStream random) {
    return switch (kind) {
      case KILL, STOP, PAUSE, CLOCK_SKEW, CLOCK_JUMP, CLOCK_DRIFT -> anyProcess(scene, random);
      case PARTITION, LATENCY, POWER_LOSS -> LeaderSchedules.anyone(scene, random);
      case PARTITION_INCREASE,
          RECORD_DELETION,
          TOPIC_RECREATION,
          PREFERRED_ELECTION,
          REASSIGNMENT ->
          new Role.Controller();
      case DISK_FAILURE, DISK_FULL, READ_ERROR, TORN_WRITE, BIT_FLIP, SLOW_DISK, DISK_LOSS ->
          LeaderSchedules.broker(scene, random);
      case HALVES, UNCLEAN_ELECTION -> new Role.Leader(partition.topic(), partition.partition());
      case FREEZE, RESET, DROP_ANSWER, DELAY_ANSWER, DELAY_REQUEST, REFUSE ->
          random.chance(0.5)
              ? new Role.Leader(partition.topic(), partition.partition())
              : random.chance(0.5)
                  ? LeaderSchedules.broker(scene, random)
                  : MessageSchedules.groupCoordinator(scene, random);
    };
  }

  private static Role anyProcess(Scene scene, RandomStream random) {
    List<String> clients = scene.clients();
    boolean client = random.chance(0.25) && !clients.isEmpty();
    return client ? new Role.Client(random.pick(clients)) : LeaderSchedules.anyone(scene, random);
  }
}
