package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.NONMONOTONIC_SEND;
import static dev.trial.core.verdict.AnomalyKind.SEND_REORDER;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One process's sends to a partition, and to a key, land in the order they were made. */
final class SendOrderChecker extends FamilyChecker {

  SendOrderChecker() {
    super("send-order");
  }

  /** What a process sent to a partition so far; looked up, never iterated. */
  private static final class Sent {
    private SendFact highest;
    private final Map<String, SendFact> highestOfKey = new HashMap<>();
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    Long2ObjectOpenHashMap<Sent> places = new Long2ObjectOpenHashMap<>();
    report.over("sends", evidence.sends().size());
    for (SendFact send : evidence.sends()) {
      report.step();
      if (send.partition() < 0) {
        continue;
      }
      LogView log = evidence.log(send.partition());
      long place = (long) send.process() << Integer.SIZE | send.partition();
      Sent sent = places.computeIfAbsent(place, unknown -> new Sent());
      if (send.acknowledged() && send.offset() >= 0) {
        acknowledged(log, losses, report, send, sent);
      }
      if (send.key() != null && log.contains(send.value())) {
        inLog(log, report, send, sent.highestOfKey);
      }
    }
  }

  private static void acknowledged(
      LogView log, Losses losses, Report report, SendFact send, Sent sent) {
    SendFact before = sent.highest;
    if (before == null || send.offset() > before.offset()) {
      sent.highest = send;
      return;
    }
    boolean follows = truncated(losses, log, before) || truncated(losses, log, send);
    if (truncated(losses, log, before)) {
      sent.highest = send;
    }
    Cause cause = follows ? Cause.CONSEQUENCE_OF_TRUNCATION : Cause.UNEXPLAINED;
    report(report, NONMONOTONIC_SEND, log, before, before.offset(), send, send.offset(), cause);
  }

  private static boolean truncated(Losses losses, LogView log, SendFact send) {
    return losses.truncated(log, send.offset(), send.value(), send.completed());
  }

  private static void inLog(
      LogView log, Report report, SendFact send, Map<String, SendFact> highest) {
    SendFact before = highest.get(send.key());
    long offset = log.offsetOf(send.value());
    if (before == null || offset > log.offsetOf(before.value())) {
      highest.put(send.key(), send);
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
