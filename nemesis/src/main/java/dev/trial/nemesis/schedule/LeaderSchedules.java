package dev.trial.nemesis.schedule;

import static dev.trial.core.fault.FaultKind.KILL;
import static dev.trial.core.fault.FaultKind.PARTITION;
import static dev.trial.core.fault.FaultKind.PAUSE;
import static dev.trial.core.fault.FaultKind.STOP;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Fault.Direction;
import dev.trial.core.fault.Fault.Side;
import dev.trial.core.fault.Role;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** One broker or controller at a time, and leadership that moves. */
final class LeaderSchedules {
  private static final long LENGTH_SPREAD_MS = 1_500;

  private static final long SOON_MS = 500;

  private LeaderSchedules() {}

  static List<Schedule> all() {
    return List.of(
        oneAtATime(),
        leaderKills(),
        midStream(),
        leaderChanges(),
        controllerKills(),
        stopOneBroker());
  }

  /** The first round is always a leader's, so that nearly every run sees leadership move. */
  private static Schedule oneAtATime() {
    return new Rounds(
        "one-at-a-time",
        "One crash, pause or partition at a time, of the leader first, then of anyone.",
        Rounds.kinds(KILL, PAUSE, PARTITION),
        LeaderSchedules::failoverMs,
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          boolean first = timeline.schedule().isEmpty();
          long lengthMs = failoverLength(scene, random);
          Role whom = first ? leader(scene, random) : anyone(scene, random);
          timeline.add(0, lengthMs, single(random), whom);
          return lengthMs;
        });
  }

  private static Schedule leaderKills() {
    return new Rounds(
        "leader-kills",
        "kill -9 of a leader whose followers are in sync; the next one waits until all are again.",
        Rounds.kinds(KILL),
        LeaderSchedules::failoverMs,
        scene -> scene.timing().shrunkAfterMs() + recoveryMs(scene),
        (scene, timeline, random) -> {
          long lengthMs = failoverLength(scene, random);
          timeline.add(0, lengthMs, new Fault.Kill(), leader(scene, random));
          return lengthMs;
        });
  }

  /** What clients have handed to the leader's sockets, and it has not read, dies with it. */
  private static Schedule midStream() {
    return new Rounds(
        "leader-dies-mid-stream",
        "A leader hangs for a moment, then dies with what it had not read from its connections.",
        Rounds.kinds(PAUSE, KILL),
        scene -> scene.timing().brokerSessionMs() / 2 + failoverMs(scene),
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          Role leader = leader(scene, random);
          long sessionMs = scene.timing().brokerSessionMs();
          long hangsMs = random.between(sessionMs / 8, sessionMs / 2);
          long downMs = failoverLength(scene, random);
          timeline.add(0, hangsMs + downMs - 1, new Fault.Pause(), leader);
          timeline.add(hangsMs, downMs, new Fault.Kill(), leader);
          return hangsMs + downMs;
        });
  }

  /**
   * A leader is taken away, and its successor soon after, while the first may be back or not: logs
   * of several epochs must be reconciled (KIP-101, KIP-279). Or the successor goes before its
   * follower could fetch a single time, which then leads with what it kept of its log.
   */
  private static Schedule leaderChanges() {
    return new Rounds(
        "leader-changes",
        "Quick successive leader changes by partitions and crashes that overlap.",
        Rounds.kinds(KILL, PARTITION),
        LeaderSchedules::changesMs,
        scene -> 1_000,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          Role leader = new Role.Leader(partition.topic(), partition.partition());
          double variant = random.nextDouble();
          if (variant < 0.3) {
            return beforeTheFirstFetch(scene, timeline, partition, random);
          } else if (variant < 0.6) {
            return oneFollowerBehind(scene, timeline, partition, random);
          }
          long firstMs = failoverLength(scene, random);
          long secondMs = failoverLength(scene, random);
          long secondAtMs = random.between(scene.timing().failedOverAfterMs(), firstMs);
          timeline.add(0, firstMs, cutOrKill(random), leader);
          timeline.add(secondAtMs, secondMs, cutOrKill(random), leader);
          return Math.max(firstMs, secondAtMs + secondMs);
        });
  }

  private static long changesMs(Scene scene) {
    long behindMs = SOON_MS + 2 * scene.timing().brokerSessionMs();
    return Math.max(behindMs, failoverMs(scene)) + failoverMs(scene);
  }

  /**
   * Followers that cannot reach other brokers: one is elected, and dies before
   * replica.lag.time.max.ms is over, so that the other is elected while it is still in sync.
   */
  private static long beforeTheFirstFetch(
      Scene scene, Timeline timeline, PartitionId partition, RandomStream random) {
    Role leader = new Role.Leader(partition.topic(), partition.partition());
    Role followers = new Role.Followers(partition.topic(), partition.partition());
    long sessionMs = scene.timing().brokerSessionMs();
    long firstAtMs = random.between(20, 300);
    long secondAtMs = firstAtMs + sessionMs + random.between(sessionMs / 10, sessionMs / 2);
    long firstMs = failoverLength(scene, random);
    long secondMs = failoverLength(scene, random);
    long endMs = Math.max(firstAtMs + firstMs, secondAtMs + secondMs);
    Fault apart = new Fault.Partition(Side.BROKERS, Direction.BOTH);
    timeline.add(0, Math.min(endMs, secondAtMs + 2 * sessionMs), apart, followers);
    timeline.add(firstAtMs, firstMs, new Fault.Kill(), leader);
    timeline.add(secondAtMs, secondMs, new Fault.Kill(), leader);
    return endMs;
  }

  /**
   * A broker that cannot reach others misses the end of the log but stays in sync: the successor
   * has more than is committed, and dies before the one behind is elected.
   */
  private static long oneFollowerBehind(
      Scene scene, Timeline timeline, PartitionId partition, RandomStream random) {
    Role leader = new Role.Leader(partition.topic(), partition.partition());
    long sessionMs = scene.timing().brokerSessionMs();
    long firstAtMs = random.between(100, SOON_MS);
    long secondAtMs = firstAtMs + sessionMs + random.between(sessionMs / 4, sessionMs);
    long firstMs = failoverLength(scene, random);
    long secondMs = failoverLength(scene, random);
    long endMs = Math.max(firstAtMs + firstMs, secondAtMs + secondMs);
    Fault apart = new Fault.Partition(Side.BROKERS, Direction.BOTH);
    timeline.add(0, Math.min(endMs, secondAtMs + 2 * sessionMs), apart, broker(scene, random));
    timeline.add(firstAtMs, firstMs, new Fault.Kill(), leader);
    timeline.add(secondAtMs, secondMs, new Fault.Kill(), leader);
    return endMs;
  }

  private static Schedule controllerKills() {
    return new Rounds(
        "controller-kills",
        "The active controller dies while a leader dies.",
        Rounds.kinds(KILL),
        scene -> failoverMs(scene) + 1_000,
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          long lengthMs = failoverLength(scene, random);
          long laterMs = random.nextLong(1_000);
          boolean leaderFirst = random.chance(0.5);
          timeline.add(
              leaderFirst ? 0 : laterMs, lengthMs, new Fault.Kill(), leader(scene, random));
          timeline.add(
              leaderFirst ? laterMs : 0, lengthMs, new Fault.Kill(), new Role.Controller());
          return lengthMs + laterMs;
        });
  }

  private static Schedule stopOneBroker() {
    return new Rounds(
        "stop-one-broker",
        "One broker is stopped in order, stays away for seconds, and returns.",
        Rounds.kinds(STOP),
        LeaderSchedules::failoverMs,
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          long lengthMs = failoverLength(scene, random);
          timeline.add(0, lengthMs, new Fault.Stop(), broker(scene, random));
          return lengthMs;
        });
  }

  static Role leader(Scene scene, RandomStream random) {
    PartitionId partition = random.pick(scene.partitions());
    return new Role.Leader(partition.topic(), partition.partition());
  }

  static Role broker(Scene scene, RandomStream random) {
    return new Role.Broker(1 + random.nextInt(scene.shape().brokers()));
  }

  /** A single node of any role. */
  static Role anyone(Scene scene, RandomStream random) {
    PartitionId partition = random.pick(scene.partitions());
    List<Role> roles = new ArrayList<>();
    roles.add(new Role.Leader(partition.topic(), partition.partition()));
    roles.add(new Role.Follower(partition.topic(), partition.partition(), true));
    roles.add(new Role.Controller());
    roles.add(broker(scene, random));
    if (!scene.groups().isEmpty()) {
      roles.add(new Role.GroupCoordinator(random.pick(scene.groups())));
    }
    if (!scene.transactionalIds().isEmpty()) {
      roles.add(new Role.TransactionCoordinator(random.pick(scene.transactionalIds())));
    }
    return random.pick(roles);
  }

  static long failoverMs(Scene scene) {
    return scene.timing().failedOverAfterMs() + LENGTH_SPREAD_MS;
  }

  static long failoverLength(Scene scene, RandomStream random) {
    return scene.timing().failedOverAfterMs() + random.nextLong(LENGTH_SPREAD_MS);
  }

  static long recoveryMs(Scene scene) {
    return 1_000 + scene.timing().brokerSessionMs() / 2;
  }

  /** Each of these makes the controller fence a broker. */
  static Fault single(RandomStream random) {
    return random.pick(
        List.of(
            new Fault.Kill(), new Fault.Pause(), new Fault.Partition(Side.ALL, Direction.BOTH)));
  }

  private static Fault cutOrKill(RandomStream random) {
    return random.pick(
        List.of(
            new Fault.Kill(),
            new Fault.Partition(Side.ALL, Direction.BOTH),
            new Fault.Partition(Side.CONTROLLERS, Direction.BOTH),
            new Fault.Partition(Side.CONTROLLERS, Direction.OUTBOUND)));
  }
}
