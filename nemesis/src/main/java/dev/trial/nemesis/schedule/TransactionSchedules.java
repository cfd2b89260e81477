package dev.trial.nemesis.schedule;

import static dev.trial.core.fault.FaultKind.DELAY_REQUEST;
import static dev.trial.core.fault.FaultKind.KILL;
import static dev.trial.core.fault.FaultKind.PARTITION;
import static dev.trial.core.fault.FaultKind.PAUSE;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes and clients that go away while transactions are open, and requests of transactions that
 * arrive after the transaction they belong to is over.
 */
final class TransactionSchedules {
  private static final long MOMENT_MS = 300;
  private static final long LATE_MS = 1_500;

  private TransactionSchedules() {}

  static List<Schedule> all() {
    return List.of(everyRole(), lateProduce(), lateEndTxn());
  }

  /**
   * Every other round takes what open transactions need, a leader or a coordinator: they cannot end
   * before another is in its place, so that it changes inside of them.
   */
  private static Schedule everyRole() {
    return new Rounds(
        "every-role",
        "One crash, pause or partition at a time: leaders, coordinators, anyone, clients too.",
        Rounds.kinds(KILL, PAUSE, PARTITION),
        LeaderSchedules::failoverMs,
        LeaderSchedules::recoveryMs,
        (scene, timeline, random) -> {
          boolean needed = timeline.size() % 2 == 0;
          long lengthMs = LeaderSchedules.failoverLength(scene, random);
          Role whom = needed ? needed(scene, random) : anybody(scene, random);
          timeline.add(0, lengthMs, LeaderSchedules.single(random), whom);
          return lengthMs;
        });
  }

  /** What a transaction cannot do without. */
  private static Role needed(Scene scene, RandomStream random) {
    List<Role> roles = new ArrayList<>(List.of(LeaderSchedules.leader(scene, random)));
    if (!scene.transactionalIds().isEmpty()) {
      roles.add(new Role.TransactionCoordinator(random.pick(scene.transactionalIds())));
    }
    if (!scene.groups().isEmpty()) {
      roles.add(new Role.GroupCoordinator(random.pick(scene.groups())));
    }
    return random.pick(roles);
  }

  /** A single node of any role, or a client. */
  private static Role anybody(Scene scene, RandomStream random) {
    List<String> clients = scene.clients();
    return clients.isEmpty() || random.chance(0.5)
        ? LeaderSchedules.anyone(scene, random)
        : new Role.Client(random.pick(clients));
  }

  /**
   * The producer gives the records up and aborts, in the epoch it wrote in; then the requests that
   * were on their way all the time are served (KIP-890, motivation).
   */
  private static Schedule lateProduce() {
    return new Rounds(
        "late-produce",
        "Produce requests are served after their producer gave them up and aborted.",
        Rounds.kinds(DELAY_REQUEST),
        scene -> scene.timing().deliveryMs() + LATE_MS,
        scene -> 1_000,
        (scene, timeline, random) -> {
          long lateMs = scene.timing().deliveryMs() + random.between(MOMENT_MS, LATE_MS);
          Fault slow = new Fault.DelayRequest("PRODUCE", lateMs, Integer.MAX_VALUE);
          timeline.add(0, lateMs, slow, LeaderSchedules.leader(scene, random));
          return lateMs;
        });
  }

  /**
   * The client sends the request again on another connection, the transaction ends and the next
   * begins; then the first request is served (KAFKA-17754).
   */
  private static Schedule lateEndTxn() {
    return new Rounds(
        "late-end-txn",
        "An EndTxn is served long after the client timed it out and sent it again.",
        Rounds.kinds(DELAY_REQUEST),
        TransactionSchedules::lateEndMs,
        scene -> 500,
        (scene, timeline, random) -> {
          long lateMs = scene.timing().requestMs() + random.between(200, MOMENT_MS + 1_000);
          Role coordinator = MessageSchedules.transactionCoordinator(scene, random);
          timeline.add(0, lateMs, new Fault.DelayRequest("END_TXN", lateMs, 1), coordinator);
          return lateMs;
        });
  }

  private static long lateEndMs(Scene scene) {
    return scene.timing().requestMs() + MOMENT_MS + 1_000;
  }
}
