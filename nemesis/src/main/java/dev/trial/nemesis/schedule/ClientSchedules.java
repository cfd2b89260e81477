package dev.trial.nemesis.schedule;

import static dev.trial.core.fault.FaultKind.KILL;
import static dev.trial.core.fault.FaultKind.LATENCY;
import static dev.trial.core.fault.FaultKind.PARTITION;
import static dev.trial.core.fault.FaultKind.PAUSE;
import static dev.trial.core.fault.FaultKind.REFUSE;
import static dev.trial.core.fault.FaultKind.STOP;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Fault.Direction;
import dev.trial.core.fault.Fault.Side;
import dev.trial.core.fault.Role;
import dev.trial.core.world.RandomStream;
import java.util.List;

/** Crashes, pauses and comings and goings of clients, and of the brokers that coordinate them. */
final class ClientSchedules {
  private static final long CRASH_MS = 1_500;
  private static final long ALONE_MS = 1_000;

  private ClientSchedules() {}

  static List<Schedule> all() {
    return List.of(
        crashes("producer-kills", "A producer's process is killed and started again.", true),
        crashes("consumer-kills", "A consumer's process is killed and started again.", false),
        diesBeforeCommitting(),
        longAbsences(),
        consumerPauses(),
        producerPauses(),
        membersComeAndGo(),
        coordinatorKills(),
        coordinatorDiesWhileEnding(),
        processorsLeaveWhileEnding());
  }

  private static Schedule crashes(String id, String summary, boolean producers) {
    return new Rounds(
        id,
        summary,
        Rounds.kinds(KILL),
        scene -> CRASH_MS,
        scene -> 500,
        (scene, timeline, random) -> {
          long lengthMs = random.between(50, CRASH_MS);
          List<String> names = producers ? scene.producers() : scene.consumers();
          timeline.add(0, lengthMs, new Fault.Kill(), client(names, random));
          return lengthMs;
        });
  }

  /** Work that is done and not committed: whoever takes its partitions does it again. */
  private static Schedule diesBeforeCommitting() {
    return new Rounds(
        "consumers-die-before-committing",
        "No commit is taken for a moment, in which a consumer's process is killed.",
        Rounds.kinds(REFUSE, KILL),
        scene -> ALONE_MS + CRASH_MS,
        scene -> 500,
        (scene, timeline, random) -> {
          long diesAtMs = random.between(ALONE_MS / 2, ALONE_MS);
          long awayMs = random.between(50, CRASH_MS);
          Fault refuse =
              new Fault.Refuse("OFFSET_COMMIT", "COORDINATOR_LOAD_IN_PROGRESS", Integer.MAX_VALUE);
          timeline.add(0, diesAtMs, refuse, MessageSchedules.groupCoordinator(scene, random));
          timeline.add(diesAtMs - 1, awayMs, new Fault.Kill(), client(scene.consumers(), random));
          return diesAtMs + awayMs;
        });
  }

  private static Schedule longAbsences() {
    return new Rounds(
        "long-absences",
        "A consumer's process is killed and comes back after its session timeout.",
        Rounds.kinds(KILL),
        ClientSchedules::evictedMs,
        scene -> 2_000,
        (scene, timeline, random) -> {
          long lengthMs = evictedMs(scene) - random.nextLong(1_000);
          timeline.add(0, lengthMs, new Fault.Kill(), client(scene.consumers(), random));
          return lengthMs;
        });
  }

  private static Schedule consumerPauses() {
    return new Rounds(
        "consumer-pauses",
        "A consumer is paused longer than its session timeout, then goes on.",
        Rounds.kinds(PAUSE),
        ClientSchedules::evictedMs,
        scene -> 2_000,
        (scene, timeline, random) -> {
          long lengthMs = evictedMs(scene) - random.nextLong(1_000);
          timeline.add(0, lengthMs, new Fault.Pause(), client(scene.consumers(), random));
          return lengthMs;
        });
  }

  private static Schedule producerPauses() {
    return new Rounds(
        "producer-pauses",
        "A producer is paused for seconds, then goes on.",
        Rounds.kinds(PAUSE),
        scene -> 6_000,
        scene -> 2_000,
        (scene, timeline, random) -> {
          long lengthMs = random.between(1_000, 6_000);
          timeline.add(0, lengthMs, new Fault.Pause(), client(scene.producers(), random));
          return lengthMs;
        });
  }

  private static Schedule membersComeAndGo() {
    return new Rounds(
        "members-come-and-go",
        "Consumers leave in order or crash, and join again.",
        Rounds.kinds(KILL, STOP),
        scene -> 3_000,
        scene -> 800,
        (scene, timeline, random) -> {
          long lengthMs = random.between(200, 3_000);
          Fault fault = random.chance(0.6) ? new Fault.Stop() : new Fault.Kill();
          timeline.add(0, lengthMs, fault, client(scene.consumers(), random));
          return lengthMs;
        });
  }

  private static Schedule coordinatorKills() {
    return new Rounds(
        "coordinator-kills",
        "The broker that coordinates a group or a transaction is killed, or cut off first.",
        Rounds.kinds(KILL, PARTITION),
        scene -> ALONE_MS + LeaderSchedules.failoverMs(scene),
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          boolean transactions =
              scene.groups().isEmpty()
                  || (!scene.transactionalIds().isEmpty() && random.chance(0.5));
          Role whom =
              transactions
                  ? MessageSchedules.transactionCoordinator(scene, random)
                  : MessageSchedules.groupCoordinator(scene, random);
          long aloneMs = random.chance(0.5) ? 0 : random.between(100, ALONE_MS);
          long lengthMs = LeaderSchedules.failoverLength(scene, random);
          if (aloneMs > 0) {
            timeline.add(0, aloneMs, new Fault.Partition(Side.BROKERS, Direction.BOTH), whom);
          }
          timeline.add(aloneMs, lengthMs, new Fault.Kill(), whom);
          return aloneMs + lengthMs;
        });
  }

  /**
   * A leader that no broker can reach gets no marker, but goes on to follow: decisions are
   * replicated, and their coordinator dies before they are carried out.
   */
  private static Schedule coordinatorDiesWhileEnding() {
    return new Rounds(
        "coordinator-dies-while-ending",
        "No marker reaches a leader, and the coordinator that sends them is killed.",
        Rounds.kinds(PARTITION, KILL),
        scene -> LeaderSchedules.failoverMs(scene) + 1_000,
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          long killedAtMs = random.between(100, 1_000);
          long lengthMs = LeaderSchedules.failoverLength(scene, random);
          Fault unreachable = new Fault.Partition(Side.BROKERS, Direction.INBOUND);
          timeline.add(0, killedAtMs + 300, unreachable, LeaderSchedules.leader(scene, random));
          Role coordinator = MessageSchedules.transactionCoordinator(scene, random);
          timeline.add(killedAtMs, lengthMs, new Fault.Kill(), coordinator);
          return killedAtMs + lengthMs;
        });
  }

  /** The offsets of a transaction are decided, but not valid yet, when another member asks. */
  private static Schedule processorsLeaveWhileEnding() {
    return new Rounds(
        "processors-leave-while-ending",
        "The coordinator of transactions is slow, and processors leave in order or crash.",
        Rounds.kinds(LATENCY, STOP, KILL),
        scene -> ALONE_MS + 2 * CRASH_MS,
        scene -> 1_000,
        (scene, timeline, random) -> {
          long leavesAtMs = random.between(100, ALONE_MS);
          long awayMs = random.between(200, CRASH_MS);
          Fault slow = new Fault.Latency(random.between(100, 500), 20);
          Fault leave = random.chance(0.7) ? new Fault.Stop() : new Fault.Kill();
          long slowMs = leavesAtMs + CRASH_MS;
          timeline.add(0, slowMs, slow, MessageSchedules.transactionCoordinator(scene, random));
          timeline.add(leavesAtMs, awayMs, leave, client(scene.consumers(), random));
          return Math.max(slowMs, leavesAtMs + awayMs);
        });
  }

  private static long evictedMs(Scene scene) {
    return scene.timing().memberSessionMs() * 3 / 2 + 2_000;
  }

  /** One client of these; every client in a workload that has none of that kind. */
  static Role client(List<String> names, RandomStream random) {
    return names.isEmpty() ? new Role.AllClients() : new Role.Client(random.pick(names));
  }
}
