package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.NONMONOTONIC_SEND;
import static dev.trial.core.verdict.AnomalyKind.SEND_REORDER;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One process's sends to a partition, and to a key, land in the order they were made. */
final class SendOrderChecker extends FamilyChecker {

  SendOrderChecker() {
    super("send-order");
  }

  private record PartitionOfProcess(int process, int partition) {}

  private record KeyOfProcess(int process, int partition, String key) {}

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    // Looked up, never iterated.
    Map<PartitionOfProcess, SendFact> highest = new HashMap<>();
    Map<KeyOfProcess, SendFact> highestOfKey = new HashMap<>();
    for (SendFact send : evidence.sends()) {
      if (send.partition() < 0) {
        continue;
      }
      LogView log = evidence.log(send.partition());
      if (send.acknowledged() && send.offset() >= 0) {
        acknowledged(log, losses, report, send, highest);
      }
      if (send.key() != null && log.contains(send.value())) {
        inLog(log, report, send, highestOfKey);
      }
    }
  }

  private static void acknowledged(
      LogView log,
      Losses losses,
      Report report,
      SendFact send,
      Map<PartitionOfProcess, SendFact> highest) {
    PartitionOfProcess place = new PartitionOfProcess(send.process(), send.partition());
    SendFact before = highest.get(place);
    if (before == null || send.offset() > before.offset()) {
      highest.put(place, send);
      return;
    }
    boolean follows = truncated(losses, log, before) || truncated(losses, log, send);
    if (truncated(losses, log, before)) {
      highest.put(place, send);
    }
    Cause cause = follows ? Cause.CONSEQUENCE_OF_TRUNCATION : Cause.UNEXPLAINED;
    report(report, NONMONOTONIC_SEND, log, before, before.offset(), send, send.offset(), cause);
  }

  private static boolean truncated(Losses losses, LogView log, SendFact send) {
    return losses.truncated(log, send.offset(), send.value(), send.completed());
  }

  private static void inLog(
      LogView log, Report report, SendFact send, Map<KeyOfProcess, SendFact> highest) {
    KeyOfProcess key = new KeyOfProcess(send.process(), send.partition(), send.key());
    SendFact before = highest.get(key);
    long offset = log.offsetOf(send.value());
    if (before == null || offset > log.offsetOf(before.value())) {
      highest.put(key, send);
    } else if (before.value() != send.value()) {
      long earlier = log.offsetOf(before.value());
      report(report, SEND_REORDER, log, before, earlier, send, offset, Cause.UNEXPLAINED);
    }
  }

  private static void report(
      Report report,
      AnomalyKind kind,
      LogView log,
      SendFact before,
      long beforeOffset,
      SendFact send,
      long offset,
      Cause cause) {
    report.add(
        kind,
        log.id(),
        List.of(before.invoked(), send.invoked(), before.completed(), send.completed()),
        List.of(before.value(), send.value()),
        List.of(beforeOffset, offset),
        cause,
        Sentences.capital(Sentences.value(before.value(), before.key()))
            + " was sent before "
            + Sentences.value(send.value(), send.key())
            + " by the same producer, but landed after it: at "
            + Sentences.at(log, beforeOffset)
            + " against "
            + offset
            + ".");
  }
}
