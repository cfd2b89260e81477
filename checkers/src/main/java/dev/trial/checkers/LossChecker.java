package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.LOST_WRITE;
import static dev.trial.core.verdict.AnomalyKind.READ_THEN_LOST;
import static dev.trial.core.verdict.AnomalyKind.RETENTION_HOLE;
import static dev.trial.core.verdict.AnomalyKind.TAIL_LOSS;

import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Losses.Loss;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.List;

/** Values that were acknowledged or seen, and are gone. */
final class LossChecker extends FamilyChecker {

  LossChecker() {
    super("loss", Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    Seen seen = new Seen(evidence.deliveries());
    long acknowledged = 0;
    report.over("sends", evidence.sends().size());
    for (SendFact send : evidence.sends()) {
      report.step();
      if (send.acknowledged() && send.visibleToAll()) {
        acknowledged++;
        acknowledged(evidence, losses, report, send, seen);
      }
    }
    report.count("acknowledged", acknowledged);
    readThenLost(evidence, losses, report);
  }

  /** Values that somebody read; only gathered if anybody asks. */
  private static final class Seen {
    private final Deliveries rows;
    private LongOpenHashSet values;

    Seen(Deliveries rows) {
      this.rows = rows;
    }

    boolean contains(long value) {
      if (values == null) {
        values = new LongOpenHashSet(rows.size());
        for (int row = 0; row < rows.size(); row++) {
          values.add(rows.value(row));
        }
      }
      return values.contains(value);
    }
  }

  private static void acknowledged(
      Evidence evidence, Losses losses, Report report, SendFact send, Seen seen) {
    if (send.partition() < 0) {
      return;
    }
    LogView log = evidence.log(send.partition());
    if (log.contains(send.value())) {
      return;
    }
    if (log.goneWithTopic(send)) {
      report.count("gone-with-the-topic");
      return;
    }
    if (!log.proven()) {
      report.count("fate-not-known");
    } else if (send.offset() < 0 || send.offset() >= log.start()) {
      if (compactedAway(evidence, send, log)) {
        report.count("compacted-away");
      } else {
        lost(losses, report, send, log, kind(evidence, losses, send, log));
      }
    } else {
      deleted(evidence, report, send, log, seen);
    }
  }

  /** The newest record of a key is the business of {@link CompactionChecker}. */
  private static boolean compactedAway(Evidence evidence, SendFact send, LogView log) {
    return evidence.rules().compacted() && send.key() != null && send.offset() < log.end();
  }

  private static AnomalyKind kind(Evidence evidence, Losses losses, SendFact send, LogView log) {
    if (send.offset() >= log.end()) {
      return TAIL_LOSS;
    }
    boolean hole = evidence.rules().retained() && !losses.ofSend(send).explained();
    return hole && send.offset() >= 0 ? RETENTION_HOLE : LOST_WRITE;
  }

  /** Below the log's start: by retention, or because somebody asked for it. */
  private static void deleted(
      Evidence evidence, Report report, SendFact send, LogView log, Seen seen) {
    report.count("deleted-by-retention");
    if (!seen.contains(send.value())) {
      report.count("deleted-before-anybody-read-it");
    }
    long ageMs = (evidence.lastTimeNs() - send.invokedNs()) / 1_000_000;
    boolean byAge = evidence.rules().retained() && !evidence.rules().limitsBytes();
    if (byAge && !evidence.recordsDeleted() && ageMs < evidence.rules().retentionMs()) {
      report.add(
          RETENTION_HOLE,
          log.id(),
          List.of(send.invoked(), send.completed(), log.endWitness()),
          List.of(send.value()),
          List.of(send.offset()),
          Cause.UNEXPLAINED,
          Sentences.capital(Sentences.value(send.value(), send.key()))
              + " was acknowledged at "
              + Sentences.at(log, send.offset())
              + " and the log begins at "
              + log.start()
              + " only "
              + ageMs
              + " ms after it was sent, though retention.ms is "
              + evidence.rules().retentionMs()
              + ".");
    }
  }

  private static void lost(
      Losses losses, Report report, SendFact send, LogView log, AnomalyKind kind) {
    Loss loss = losses.ofSend(send);
    long election = loss.election() == null ? -1 : loss.election().index();
    long proof = kind == TAIL_LOSS ? log.endWitness() : witness(log, send.offset());
    String place = send.offset() < 0 ? log.id().toString() : Sentences.at(log, send.offset());
    report.add(
        kind,
        log.id(),
        List.of(send.invoked(), send.completed(), election, proof),
        List.of(send.value()),
        List.of(send.offset()),
        loss.cause(),
        Sentences.capital(Sentences.value(send.value(), send.key()))
            + " was acknowledged at "
            + place
            + Sentences.epoch(loss)
            + " and is not in the final log, which ends at "
            + log.end()
            + ": "
            + Sentences.why(loss)
            + ".");
  }

  /** What lies at the offset now, or else at the next one that is used. */
  private static long witness(LogView log, long offset) {
    int row = log.rowFrom(Math.max(offset, 0));
    return row < log.size() ? log.witness(log.offset(row)) : log.endWitness();
  }

  private static void readThenLost(Evidence evidence, Losses losses, Report report) {
    Deliveries rows = evidence.deliveries();
    LongOpenHashSet reported = new LongOpenHashSet();
    report.over("deliveries", rows.size());
    for (int row = 0; row < rows.size(); row++) {
      report.step();
      LogView log = evidence.log(rows.partition(row));
      long value = rows.value(row);
      boolean gone = log.proven() && rows.offset(row) >= log.start() && !log.contains(value);
      SendFact send = gone ? evidence.sendOf(value) : null;
      boolean ours = send != null && send.partition() == rows.partition(row);
      boolean compacted = ours && (compactedAway(evidence, send, log) || log.goneWithTopic(send));
      if (ours && !compacted && send.visibleToAll() && reported.add(value)) {
        Loss loss = losses.ofRead(log, rows.offset(row), value, rows.operation(row));
        long election = loss.election() == null ? -1 : loss.election().index();
        report.add(
            READ_THEN_LOST,
            log.id(),
            List.of(
                send.invoked(),
                send.completed(),
                (long) rows.operation(row),
                election,
                witness(log, rows.offset(row))),
            List.of(value),
            List.of(rows.offset(row)),
            loss.cause(),
            Sentences.capital(Sentences.value(value, send.key()))
                + " was read at "
                + Sentences.at(log, rows.offset(row))
                + " by "
                + evidence.process(rows.process(row)).client()
                + " and is not in the final log: "
                + Sentences.why(loss)
                + ".");
      }
    }
  }
}
