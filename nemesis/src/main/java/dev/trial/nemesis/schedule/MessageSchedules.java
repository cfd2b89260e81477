package dev.trial.nemesis.schedule;

import static dev.trial.core.fault.FaultKind.DELAY_ANSWER;
import static dev.trial.core.fault.FaultKind.DELAY_REQUEST;
import static dev.trial.core.fault.FaultKind.DROP_ANSWER;
import static dev.trial.core.fault.FaultKind.FREEZE;
import static dev.trial.core.fault.FaultKind.LATENCY;
import static dev.trial.core.fault.FaultKind.REFUSE;
import static dev.trial.core.fault.FaultKind.RESET;
import static dev.trial.core.fault.FaultKind.STOP;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.fault.Role;
import dev.trial.core.world.RandomStream;
import java.util.List;
import java.util.function.BiFunction;

/** Requests and answers on client connections, by API name as in {@code ApiKeys}. */
final class MessageSchedules {
  private static final String PRODUCE = "PRODUCE";
  private static final long SHORT_MS = 1_000;
  private static final int[] BUFFER_BYTES = {0, 200, 1_000, 131_072};

  private MessageSchedules() {}

  static List<Schedule> all() {
    return List.of(
        shortRounds(
            "drop-produce-answers",
            "Answers to Produce are lost after the append.",
            DROP_ANSWER,
            LeaderSchedules::leader,
            random -> new Fault.DropAnswer(PRODUCE, (int) random.between(1, 3))),
        shortRounds(
            "refuse-one-produce",
            "One of the Produce requests in flight is refused, the next ones are served.",
            REFUSE,
            LeaderSchedules::leader,
            random -> new Fault.Refuse(PRODUCE, "NOT_LEADER_OR_FOLLOWER", 1)),
        shortRounds(
            "delay-produce",
            "Produce requests wait before they are served; later connections overtake them.",
            DELAY_REQUEST,
            LeaderSchedules::leader,
            random -> new Fault.DelayRequest(PRODUCE, random.between(100, 900), 1)),
        shortRounds(
            "drop-commit-answers",
            "Answers to OffsetCommit are lost after the commit.",
            DROP_ANSWER,
            MessageSchedules::groupCoordinator,
            random -> new Fault.DropAnswer("OFFSET_COMMIT", (int) random.between(1, 3))),
        shortRounds(
            "drop-heartbeat-answers",
            "Answers to ConsumerGroupHeartbeat are lost (KIP-848).",
            DROP_ANSWER,
            MessageSchedules::groupCoordinator,
            random -> new Fault.DropAnswer("CONSUMER_GROUP_HEARTBEAT", (int) random.between(1, 4))),
        shortRounds(
            "delay-commits",
            "OffsetCommit requests wait before they are served.",
            DELAY_REQUEST,
            MessageSchedules::groupCoordinator,
            random -> new Fault.DelayRequest("OFFSET_COMMIT", random.between(100, 900), 1)),
        shortRounds(
            "drop-end-txn-answers",
            "Answers to EndTxn are lost after the decision.",
            DROP_ANSWER,
            MessageSchedules::transactionCoordinator,
            random -> new Fault.DropAnswer("END_TXN", (int) random.between(1, 2))),
        shortRounds(
            "delay-end-txn",
            "EndTxn requests wait before they are served (KAFKA-17754).",
            DELAY_REQUEST,
            MessageSchedules::transactionCoordinator,
            random -> new Fault.DelayRequest("END_TXN", random.between(100, 900), 1)),
        shortRounds(
            "resets",
            "All client connections of a broker are reset.",
            RESET,
            (scene, random) ->
                random.chance(0.5) ? new Role.AllBrokers() : LeaderSchedules.leader(scene, random),
            random -> new Fault.Reset()),
        refuseOneCommit(),
        answersLostTooLong(),
        delayedBeyondRequestTimeout(),
        closesWithoutAnswers(),
        freezes());
  }

  private interface Draw {
    Fault from(RandomStream random);
  }

  private static Schedule shortRounds(
      String id,
      String summary,
      FaultKind kind,
      BiFunction<Scene, RandomStream, Role> whom,
      Draw fault) {
    return new Rounds(
        id,
        summary,
        Rounds.kinds(kind),
        scene -> SHORT_MS,
        scene -> 400,
        (scene, timeline, random) -> {
          long lengthMs = kind == RESET ? 0 : SHORT_MS;
          timeline.add(0, lengthMs, fault.from(random), whom.apply(scene, random));
          return lengthMs;
        });
  }

  /** The coordinator is slow, so that several commits are under way when one is refused. */
  private static Schedule refuseOneCommit() {
    return new Rounds(
        "refuse-one-commit",
        "A slow coordinator refuses one OffsetCommit as if it were loading, and serves the next ones.",
        Rounds.kinds(REFUSE, LATENCY),
        scene -> 2 * SHORT_MS,
        scene -> SHORT_MS,
        (scene, timeline, random) -> {
          Role coordinator = groupCoordinator(scene, random);
          long slowMs = random.between(50, 200);
          timeline.add(0, 2 * SHORT_MS, new Fault.Latency(slowMs, 0), coordinator);
          Fault refuse = new Fault.Refuse("OFFSET_COMMIT", "COORDINATOR_LOAD_IN_PROGRESS", 1);
          timeline.add(SHORT_MS / 2, SHORT_MS, refuse, coordinator);
          return 2 * SHORT_MS;
        });
  }

  /**
   * Long silences see several generations of a producer's sequence numbers expire one after the
   * other, while requests of the one before are still under way (KAFKA-13794).
   */
  private static Schedule answersLostTooLong() {
    return new Rounds(
        "drop-answers-until-delivery-timeout",
        "Every Produce answer of a leader is lost until the producer gives records up.",
        Rounds.kinds(DROP_ANSWER),
        scene -> longestSilenceMs(scene),
        scene -> 2 * SHORT_MS,
        (scene, timeline, random) -> {
          long shortestMs = scene.timing().deliveryMs() + SHORT_MS;
          long lengthMs = random.between(shortestMs, longestSilenceMs(scene));
          Fault fault = new Fault.DropAnswer(PRODUCE, Integer.MAX_VALUE);
          timeline.add(0, lengthMs, fault, LeaderSchedules.leader(scene, random));
          return lengthMs;
        });
  }

  private static long longestSilenceMs(Scene scene) {
    return 3 * scene.timing().deliveryMs() + SHORT_MS;
  }

  /**
   * What was put back into the queue, and not sent again yet, when its producer is told to close:
   * with KAFKA-13794 nobody remembers it.
   */
  private static Schedule closesWithoutAnswers() {
    return new Rounds(
        "closes-without-answers",
        "Produce answers are lost while a producer closes; connections are reset at times.",
        Rounds.kinds(DROP_ANSWER, RESET, STOP),
        MessageSchedules::longestSilenceMs,
        scene -> 3 * SHORT_MS,
        (scene, timeline, random) -> {
          long lengthMs = longestSilenceMs(scene);
          timeline.add(
              0, lengthMs, new Fault.DropAnswer(PRODUCE, Integer.MAX_VALUE), new Role.AllBrokers());
          if (random.chance(0.5)) {
            timeline.add(random.nextLong(lengthMs), 0, new Fault.Reset(), new Role.AllBrokers());
          }
          for (String producer : scene.producers()) {
            long atMs = random.nextLong(lengthMs - SHORT_MS);
            timeline.add(atMs, SHORT_MS, new Fault.Stop(), new Role.Client(producer));
          }
          return lengthMs;
        });
  }

  /** The client closes the connection and sends again, and the old request is served after that. */
  private static Schedule delayedBeyondRequestTimeout() {
    return new Rounds(
        "delay-produce-past-timeout",
        "A Produce request is served after the client timed it out and sent it again.",
        Rounds.kinds(DELAY_REQUEST, DELAY_ANSWER),
        scene -> scene.timing().requestMs() + 2 * SHORT_MS,
        scene -> SHORT_MS,
        (scene, timeline, random) -> {
          long delayMs = scene.timing().requestMs() + random.between(100, SHORT_MS);
          Fault fault =
              random.chance(0.7)
                  ? new Fault.DelayRequest(PRODUCE, delayMs, 1)
                  : new Fault.DelayAnswer(PRODUCE, delayMs, 1);
          timeline.add(0, delayMs + SHORT_MS, fault, LeaderSchedules.leader(scene, random));
          return delayMs + SHORT_MS;
        });
  }

  /**
   * Half of the freezes catch a broker whose answers were slow before: batches that have waited for
   * it expire while the request that carries them is still on its way into the socket, which is how
   * KAFKA-19012 gives a buffer to the next record too early.
   */
  private static Schedule freezes() {
    return new Rounds(
        "freezes",
        "A broker, at times a slow one, takes no byte from its clients; their buffers are full.",
        Rounds.kinds(FREEZE, DELAY_ANSWER),
        scene -> 4_000,
        scene -> 300,
        (scene, timeline, random) ->
            random.chance(0.5)
                ? freeze(scene, timeline, random)
                : slowThenFrozen(scene, timeline, random));
  }

  private static long freeze(Scene scene, Timeline timeline, RandomStream random) {
    long lengthMs = random.between(200, 4_000);
    Role whom =
        random.chance(0.5)
            ? LeaderSchedules.leader(scene, random)
            : LeaderSchedules.broker(scene, random);
    timeline.add(0, lengthMs, fullBuffers(random), whom);
    return lengthMs;
  }

  private static long slowThenFrozen(Scene scene, Timeline timeline, RandomStream random) {
    long slowMs = random.between(500, 900);
    long frozenAtMs = random.between(50, slowMs - 50);
    long endMs = random.between(1_300, 1_900);
    Role whom = LeaderSchedules.leader(scene, random);
    timeline.add(0, slowMs, new Fault.DelayAnswer(PRODUCE, slowMs, Integer.MAX_VALUE), whom);
    timeline.add(frozenAtMs, endMs - frozenAtMs, fullBuffers(random), whom);
    return endMs;
  }

  private static Fault fullBuffers(RandomStream random) {
    return new Fault.Freeze(BUFFER_BYTES[random.nextInt(BUFFER_BYTES.length)]);
  }

  /** The coordinator of a group; without groups any broker, which then sees no such request. */
  static Role groupCoordinator(Scene scene, RandomStream random) {
    return scene.groups().isEmpty()
        ? LeaderSchedules.broker(scene, random)
        : new Role.GroupCoordinator(random.pick(scene.groups()));
  }

  static Role transactionCoordinator(Scene scene, RandomStream random) {
    return scene.transactionalIds().isEmpty()
        ? LeaderSchedules.broker(scene, random)
        : new Role.TransactionCoordinator(random.pick(scene.transactionalIds()));
  }
}
