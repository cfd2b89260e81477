package dev.trial.nemesis.schedule;

import static dev.trial.core.fault.FaultKind.KILL;
import static dev.trial.core.fault.FaultKind.PAUSE;
import static dev.trial.core.fault.FaultKind.STOP;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.world.RandomStream;
import java.util.List;

/** Crashes, pauses and comings and goings of clients, and of the brokers that coordinate them. */
final class ClientSchedules {
  private static final long CRASH_MS = 1_500;

  private ClientSchedules() {}

  static List<Schedule> all() {
    return List.of(
        crashes("producer-kills", "A producer's process is killed and started again.", true),
        crashes("consumer-kills", "A consumer's process is killed and started again.", false),
        consumerPauses(),
        producerPauses(),
        membersComeAndGo(),
        coordinatorKills());
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
        "The broker that coordinates a group or a transaction is killed.",
        Rounds.kinds(KILL),
        LeaderSchedules::failoverMs,
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          boolean transactions =
              scene.groups().isEmpty()
                  || (!scene.transactionalIds().isEmpty() && random.chance(0.5));
          Role whom =
              transactions
                  ? MessageSchedules.transactionCoordinator(scene, random)
                  : MessageSchedules.groupCoordinator(scene, random);
          long lengthMs = LeaderSchedules.failoverLength(scene, random);
          timeline.add(0, lengthMs, new Fault.Kill(), whom);
          return lengthMs;
        });
  }

  private static long evictedMs(Scene scene) {
    return scene.timing().memberSessionMs() * 3 / 2 + 2_000;
  }

  /** One client of these; every client in a workload that has none of that kind. */
  private static Role client(List<String> names, RandomStream random) {
    return names.isEmpty() ? new Role.AllClients() : new Role.Client(random.pick(names));
  }
}
