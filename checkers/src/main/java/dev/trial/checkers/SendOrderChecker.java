package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.NONMONOTONIC_SEND;
import static dev.trial.core.verdict.AnomalyKind.SEND_REORDER;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
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
    super("send-order", Part.FINAL_READ);
  }

  /** What a process sent to a partition so far; looked up, never iterated. */
  private static final class Sent {
    private SendFact highest;
    private final Map<String, Highest> highestOfKey = new HashMap<>();
  }

  /** The send of a key that lies highest in the log so far. */
  private static final class Highest {
    private SendFact send;
    private long offset;
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
      Sent sent = places.get(place);
      if (sent == null) {
        sent = new Sent();
        places.put(place, sent);
      }
      if (send.acknowledged() && send.offset() >= 0) {
        acknowledged(log, losses, report, send, sent);
      }
      boolean placed = log.proven() && send.key() != null;
      long offset = placed ? log.offsetOf(send.value()) : LogView.NONE;
      if (offset != LogView.NONE) {
        inLog(log, report, send, offset, sent.highestOfKey);
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
    // Where nobody knows what was truncated, what lay beyond may be gone: one step back is told.
    if (truncated(losses, log, before) || !losses.told(log)) {
      sent.highest = send;
    }
    Cause cause = follows ? Cause.CONSEQUENCE_OF_TRUNCATION : Cause.UNEXPLAINED;
    report(report, NONMONOTONIC_SEND, log, before, before.offset(), send, send.offset(), cause);
  }

  private static boolean truncated(Losses losses, LogView log, SendFact send) {
    return losses.truncated(log, send.offset(), send.value(), send.completed());
  }

  private static void inLog(
      LogView log, Report report, SendFact send, long offset, Map<String, Highest> highest) {
    Highest before = highest.get(send.key());
    if (before == null) {
      before = new Highest();
      highest.put(send.key(), before);
    }
    if (before.send == null || offset > before.offset) {
      before.send = send;
      before.offset = offset;
    } else if (before.send.value() != send.value()) {
      Cause cause = Cause.UNEXPLAINED;
      report(report, SEND_REORDER, log, before.send, before.offset, send, offset, cause);
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
