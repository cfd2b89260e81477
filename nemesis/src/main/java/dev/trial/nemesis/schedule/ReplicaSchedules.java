package dev.trial.nemesis.schedule;

import static dev.trial.core.fault.FaultKind.KILL;
import static dev.trial.core.fault.FaultKind.LATENCY;
import static dev.trial.core.fault.FaultKind.PARTITION;
import static dev.trial.core.fault.FaultKind.PAUSE;
import static dev.trial.core.fault.FaultKind.POWER_LOSS;
import static dev.trial.core.fault.FaultKind.PREFERRED_ELECTION;
import static dev.trial.core.fault.FaultKind.STOP;
import static dev.trial.core.fault.FaultKind.UNCLEAN_ELECTION;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Fault.Direction;
import dev.trial.core.fault.Fault.Side;
import dev.trial.core.fault.Role;
import dev.trial.core.history.PartitionId;
import dev.trial.core.world.RandomStream;
import java.util.List;

/** Where the in-sync replicas shrink, and what is lost when the last of them goes. */
final class ReplicaSchedules {
  private static final long WRITE_MS = 2_000;
  private static final long SLOW_MS = 800;

  /** Soon enough for who was behind to be elected. */
  private static final long HEALED_AFTER_MS = 100;

  private static final Fault CUT_BROKERS = new Fault.Partition(Side.BROKERS, Direction.BOTH);

  private ReplicaSchedules() {}

  static List<Schedule> all() {
    return List.of(
        tailLoss(),
        followerBehind(),
        isrShrinks(),
        slowToRejoin(),
        outOfSyncAtFailover(),
        isrOfOneLost(),
        isrOfOneReplaced(),
        uncleanElection(),
        truncatedAsleep(),
        killAll(),
        powerLossAll(),
        powerLossFirst(),
        eligibleLosesPower());
  }

  /**
   * The leader acknowledges alone, and dies while its followers still count as in sync: a clean
   * election of one that misses the tail.
   */
  private static Schedule tailLoss() {
    return new Rounds(
        "tail-loss",
        "Cut a leader from its followers, kill it before they leave the in-sync replicas.",
        Rounds.kinds(KILL, PARTITION),
        scene -> scene.timing().lagMaxMs() + LeaderSchedules.failoverMs(scene),
        scene -> LeaderSchedules.recoveryMs(scene) + scene.timing().lagMaxMs() / 2,
        (scene, timeline, random) -> {
          Role leader = LeaderSchedules.leader(scene, random);
          long lagMs = scene.timing().lagMaxMs();
          long aloneMs = random.between(Math.min(300, lagMs / 4), lagMs * 6 / 10);
          long downMs = LeaderSchedules.failoverLength(scene, random);
          timeline.add(0, aloneMs + downMs, CUT_BROKERS, leader);
          timeline.add(aloneMs, downMs, new Fault.Kill(), leader);
          return aloneMs + downMs;
        });
  }

  /**
   * The other follower has a tail that is not committed: who is behind may be elected, and then
   * that tail is truncated.
   */
  private static Schedule followerBehind() {
    return new Rounds(
        "follower-behind",
        "Cut off one in-sync follower, kill the leader before it leaves the in-sync replicas.",
        Rounds.kinds(KILL, PARTITION),
        scene -> scene.timing().lagMaxMs() + LeaderSchedules.failoverMs(scene),
        scene -> LeaderSchedules.recoveryMs(scene) + scene.timing().lagMaxMs() / 2,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          Role behind = new Role.Follower(partition.topic(), partition.partition(), true);
          long lagMs = scene.timing().lagMaxMs();
          long behindMs = random.between(Math.min(300, lagMs / 4), lagMs * 6 / 10);
          long downMs = LeaderSchedules.failoverLength(scene, random);
          timeline.add(0, behindMs + HEALED_AFTER_MS, CUT_BROKERS, behind);
          timeline.add(behindMs, downMs, new Fault.Kill(), leader(partition));
          return behindMs + downMs;
        });
  }

  private static Schedule isrShrinks() {
    return new Rounds(
        "isr-shrinks",
        "Followers lag or are cut off until they leave the in-sync replicas, and rejoin.",
        Rounds.kinds(PARTITION, LATENCY),
        scene -> scene.timing().shrunkAfterMs() + WRITE_MS,
        scene -> scene.timing().lagMaxMs() / 2 + 1_000,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          Role whom =
              random.chance(0.5)
                  ? followers(partition)
                  : new Role.Follower(partition.topic(), partition.partition(), true);
          Fault slow = new Fault.Latency(scene.timing().lagMaxMs(), scene.timing().lagMaxMs() / 4);
          long lengthMs = scene.timing().shrunkAfterMs() + random.nextLong(WRITE_MS);
          timeline.add(0, lengthMs, random.chance(0.7) ? CUT_BROKERS : slow, whom);
          return lengthMs;
        });
  }

  /** The leader dies while a follower that lags is on its way back into the in-sync replicas. */
  private static Schedule slowToRejoin() {
    return new Rounds(
        "slow-to-rejoin",
        "A follower that left the in-sync replicas comes back over a slow link; the leader dies.",
        Rounds.kinds(PARTITION, LATENCY, KILL),
        scene ->
            scene.timing().shrunkAfterMs() + SLOW_MS + LeaderSchedules.failoverMs(scene) + SLOW_MS,
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          Role behind = new Role.Broker(1 + random.nextInt(scene.shape().brokers()));
          long cutMs = scene.timing().shrunkAfterMs();
          long deathMs = cutMs + random.between(50, SLOW_MS);
          long downMs = LeaderSchedules.failoverLength(scene, random);
          timeline.add(0, cutMs, CUT_BROKERS, behind);
          timeline.add(cutMs - 1, SLOW_MS + downMs, new Fault.Latency(SLOW_MS / 4, 20), behind);
          timeline.add(deathMs, downMs, new Fault.Kill(), leader(partition));
          return deathMs + downMs + SLOW_MS;
        });
  }

  /** A controller that takes over must know who had left the in-sync replicas. */
  private static Schedule outOfSyncAtFailover() {
    return new Rounds(
        "out-of-sync-at-failover",
        "A follower is out of sync when the controller dies, and a leader after it.",
        Rounds.kinds(PARTITION, KILL),
        scene ->
            scene.timing().shrunkAfterMs()
                + 2 * scene.timing().failedOverAfterMs()
                + LeaderSchedules.failoverMs(scene),
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          long lagsMs = scene.timing().shrunkAfterMs();
          long controllerMs = LeaderSchedules.failoverLength(scene, random);
          long deathMs = lagsMs + scene.timing().failedOverAfterMs();
          long downMs = LeaderSchedules.failoverLength(scene, random);
          Role behind = new Role.Broker(1 + random.nextInt(scene.shape().brokers()));
          timeline.add(0, deathMs + downMs, CUT_BROKERS, behind);
          timeline.add(lagsMs, controllerMs, new Fault.Kill(), new Role.Controller());
          timeline.add(deathMs, downMs, new Fault.Kill(), leader(partition));
          return Math.max(deathMs + downMs, lagsMs + controllerMs);
        });
  }

  /**
   * The leader is the only in-sync replica, then loses its unflushed data, or an administrator
   * elects another while it is down.
   */
  private static Schedule isrOfOneLost() {
    return new Rounds(
        "isr-of-one-lost",
        "Shrink the in-sync replicas to the leader alone, then lose its data or elect another.",
        Rounds.kinds(PARTITION, KILL, POWER_LOSS, UNCLEAN_ELECTION),
        scene ->
            scene.timing().shrunkAfterMs() + 2 * WRITE_MS + 2 * LeaderSchedules.failoverMs(scene),
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          long aloneMs = scene.timing().shrunkAfterMs() + random.between(WRITE_MS / 2, WRITE_MS);
          timeline.add(0, aloneMs, CUT_BROKERS, followers(partition));
          return aloneMs
              + (random.chance(0.5)
                  ? loseData(timeline, partition, aloneMs, random)
                  : electAnother(scene, timeline, partition, aloneMs));
        });
  }

  private static Schedule isrOfOneReplaced() {
    return new Rounds(
        "isr-of-one-replaced",
        "Shrink the in-sync replicas to the leader alone, kill it, and elect another.",
        Rounds.kinds(PARTITION, KILL, UNCLEAN_ELECTION),
        scene ->
            scene.timing().shrunkAfterMs() + 2 * WRITE_MS + 2 * LeaderSchedules.failoverMs(scene),
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          long aloneMs = scene.timing().shrunkAfterMs() + random.between(WRITE_MS / 2, WRITE_MS);
          timeline.add(0, aloneMs, CUT_BROKERS, followers(partition));
          return aloneMs + electAnother(scene, timeline, partition, aloneMs);
        });
  }

  private static long loseData(
      Timeline timeline, PartitionId partition, long aloneMs, RandomStream random) {
    long downMs = random.between(200, WRITE_MS);
    timeline.add(aloneMs - 1, downMs, new Fault.PowerLoss(), loneLeader(partition));
    return downMs;
  }

  private static long electAnother(
      Scene scene, Timeline timeline, PartitionId partition, long aloneMs) {
    long fencedMs = scene.timing().failedOverAfterMs();
    timeline.add(aloneMs - 1, fencedMs + WRITE_MS, new Fault.Kill(), loneLeader(partition));
    timeline.add(
        aloneMs + fencedMs,
        0,
        new Fault.UncleanElection(partition.topic(), partition.partition()),
        leader(partition));
    return fencedMs + WRITE_MS;
  }

  /**
   * Followers go down or are cut off until they are out of sync, the leader writes on and dies, and
   * the followers return before it.
   */
  private static Schedule uncleanElection() {
    return new Rounds(
        "out-of-sync-returns",
        "All in-sync replicas down while replicas that are out of sync come back.",
        Rounds.kinds(KILL, STOP, PARTITION),
        scene -> apartMs(scene) + WRITE_MS + 2 * LeaderSchedules.failoverMs(scene) + WRITE_MS,
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          long aloneMs = apartMs(scene) + random.between(WRITE_MS / 2, WRITE_MS);
          long returnMs = aloneMs + random.between(100, 500);
          long awayMs = 2 * scene.timing().failedOverAfterMs() + random.nextLong(WRITE_MS);
          Fault apart = random.pick(List.of(new Fault.Kill(), new Fault.Stop(), CUT_BROKERS));
          Fault death = random.chance(0.7) ? new Fault.Kill() : new Fault.Stop();
          timeline.add(0, returnMs, apart, followers(partition));
          timeline.add(aloneMs, awayMs, death, leader(partition));
          return aloneMs + awayMs;
        });
  }

  /**
   * What the leader wrote alone is truncated when it comes back, and then it leads again: a reader
   * that stood still all the while has an open connection to it, and metadata of the past.
   */
  private static Schedule truncatedAsleep() {
    return new Rounds(
        "truncated-asleep",
        "A reader stands still; its leader gives way to a replica out of sync, and leads again.",
        Rounds.kinds(PAUSE, PARTITION, PREFERRED_ELECTION),
        scene -> 2 * apartMs(scene) + 2 * WRITE_MS + awayMs(scene) + 2 * SLOW_MS,
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          long asleepMs = apartMs(scene) + random.between(WRITE_MS / 2, WRITE_MS);
          long frozenMs = asleepMs + SLOW_MS; // what the reader had asked for is answered by then
          long backMs = frozenMs + awayMs(scene);
          // Longer than it was alone: by then, as a rule, more is written than was truncated.
          long electedMs = backMs + apartMs(scene) + WRITE_MS;
          timeline.add(0, frozenMs + HEALED_AFTER_MS, CUT_BROKERS, followers(partition));
          timeline.add(
              asleepMs,
              electedMs + SLOW_MS - asleepMs,
              new Fault.Pause(),
              ClientSchedules.client(scene.consumers(), random));
          timeline.add(frozenMs, awayMs(scene), new Fault.Pause(), leader(partition));
          timeline.add(
              electedMs,
              0,
              new Fault.PreferredElection(partition.topic(), partition.partition()),
              new Role.Controller());
          return electedMs + SLOW_MS;
        });
  }

  /** Until another leads, and has written. */
  private static long awayMs(Scene scene) {
    return scene.timing().failedOverAfterMs() + WRITE_MS;
  }

  private static Schedule killAll() {
    return new Rounds(
        "kill-all",
        "kill -9 of every broker at once: the page cache survives.",
        Rounds.kinds(KILL),
        scene -> 3_000,
        scene -> LeaderSchedules.failoverMs(scene) + 1_000,
        (scene, timeline, random) -> allAtOnce(new Fault.Kill(), timeline, random));
  }

  private static Schedule powerLossAll() {
    return new Rounds(
        "power-loss-all",
        "Every broker loses power at once: what was not flushed is gone.",
        Rounds.kinds(POWER_LOSS),
        scene -> 3_000,
        scene -> LeaderSchedules.failoverMs(scene) + 1_000,
        (scene, timeline, random) -> allAtOnce(new Fault.PowerLoss(), timeline, random));
  }

  private static long allAtOnce(Fault fault, Timeline timeline, RandomStream random) {
    long lengthMs = random.between(500, 3_000);
    timeline.add(0, lengthMs, fault, new Role.AllBrokers());
    return lengthMs;
  }

  /** Followers first: the leader must still be known when its power goes, at the same moment. */
  private static Schedule powerLossFirst() {
    return new Rounds(
        "power-loss-returns-first",
        "All replicas crash; the one that also lost unflushed data returns first.",
        Rounds.kinds(KILL, POWER_LOSS),
        scene -> 1_000 + LeaderSchedules.failoverMs(scene),
        LeaderSchedules::failoverMs,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          long firstMs = random.between(200, 1_000);
          long othersMs = firstMs + LeaderSchedules.failoverLength(scene, random);
          timeline.add(0, othersMs, new Fault.Kill(), followers(partition));
          timeline.add(0, firstMs, new Fault.PowerLoss(), leader(partition));
          return othersMs;
        });
  }

  /**
   * A follower is stopped, the other loses what it had not flushed, and the leader, now below the
   * minimum, is stopped before that one is back.
   */
  private static Schedule eligibleLosesPower() {
    return new Rounds(
        "eligible-replica-loses-power",
        "A follower loses power and returns while the replicas that have all data are stopped.",
        Rounds.kinds(STOP, POWER_LOSS),
        scene -> 2 * WRITE_MS + 3 * scene.timing().failedOverAfterMs() + 2 * WRITE_MS,
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          PartitionId partition = random.pick(scene.partitions());
          Role follower = new Role.Follower(partition.topic(), partition.partition(), true);
          long fencedMs = scene.timing().failedOverAfterMs();
          long lossMs = WRITE_MS + random.nextLong(WRITE_MS);
          long stopMs = lossMs + fencedMs;
          long returnMs = stopMs + fencedMs;
          long endMs = returnMs + fencedMs + random.nextLong(WRITE_MS);
          timeline.add(0, endMs, new Fault.Stop(), follower);
          timeline.add(lossMs, returnMs - lossMs, new Fault.PowerLoss(), follower);
          timeline.add(stopMs, endMs - stopMs - 1, new Fault.Stop(), leader(partition));
          return endMs;
        });
  }

  private static long apartMs(Scene scene) {
    return Math.max(scene.timing().shrunkAfterMs(), scene.timing().failedOverAfterMs());
  }

  private static Role loneLeader(PartitionId partition) {
    return new Role.LoneLeader(partition.topic(), partition.partition());
  }

  private static Role leader(PartitionId partition) {
    return new Role.Leader(partition.topic(), partition.partition());
  }

  private static Role followers(PartitionId partition) {
    return new Role.Followers(partition.topic(), partition.partition());
  }
}
