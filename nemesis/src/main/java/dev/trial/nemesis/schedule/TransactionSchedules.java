package dev.trial.nemesis.schedule;

import static dev.trial.core.fault.FaultKind.DELAY_REQUEST;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import java.util.List;

/** Requests of transactions that arrive after the transaction they belong to is over. */
final class TransactionSchedules {
  private static final long MOMENT_MS = 300;
  private static final long LATE_MS = 1_500;

  private TransactionSchedules() {}

  static List<Schedule> all() {
    return List.of(lateProduce(), lateEndTxn());
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
