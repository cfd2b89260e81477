package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.COMPACTION_LOSS;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Cause;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Of every key a compacted log has at least the newest record. A tombstone may go, but not before
 * delete.retention.ms, and not while an older record of its key is still there, which would bring
 * the key back to life.
 */
final class CompactionChecker extends FamilyChecker {

  CompactionChecker() {
    super("compaction", Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    if (!evidence.rules().compacted()) {
      return;
    }
    Map<Place, KeyHistory> keys = new TreeMap<>();
    report.over("sends", evidence.sends().size());
    for (SendFact send : evidence.sends()) {
      report.step();
      if (send.key() != null && send.partition() >= 0) {
        keys.computeIfAbsent(new Place(send.partition(), send.key()), place -> new KeyHistory())
            .add(evidence.log(send.partition()), send);
      }
    }
    keys.forEach((place, history) -> judge(evidence, report, place, history));
    for (LogView log : evidence.logs()) {
      if (log.size() > 0) {
        report.set("records-kept." + log.id(), log.size());
      }
    }
  }

  private record Place(int partition, String key) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      return partition != other.partition
          ? Integer.compare(partition, other.partition)
          : key.compareTo(other.key);
    }
  }

  /** What is known of one key's records in one partition. */
  private static final class KeyHistory {
    private SendFact newest;
    private long newestOffset = -1;
    private SendFact kept;
    private long lastUnknown = -1;

    void add(LogView log, SendFact send) {
      boolean inLog = log.contains(send.value());
      boolean stored = send.acknowledged() && send.offset() >= 0;
      if ((!stored && !inLog) || !send.visibleToAll()) {
        boolean possible = send.outcome() == Stage.INFO || !send.visibleToAll();
        lastUnknown = possible ? send.invoked() : lastUnknown;
        return;
      }
      long offset = inLog ? log.offsetOf(send.value()) : send.offset();
      if (offset > newestOffset) {
        newest = send;
        newestOffset = offset;
      }
      if (inLog && (kept == null || offset > log.offsetOf(kept.value()))) {
        kept = send;
      }
    }
  }

  private static void judge(Evidence evidence, Report report, Place place, KeyHistory history) {
    LogView log = evidence.log(place.partition());
    SendFact newest = history.newest;
    if (newest == null || !log.proven() || log.contains(newest.value())) {
      report.count(newest == null ? "keys-without-record" : "keys-kept");
      return;
    }
    boolean elsewhere = history.newestOffset < log.start() || history.newestOffset >= log.end();
    if (elsewhere || history.lastUnknown > newest.invoked()) {
      report.count("keys-not-judged"); // deleted, lost at the end, or perhaps written again
      return;
    }
    long ageMs = (evidence.lastTimeNs() - newest.completedNs()) / 1_000_000;
    boolean old = ageMs >= evidence.rules().deleteRetentionMs();
    if (newest.tombstone() && old && history.kept == null) {
      report.count("tombstones-gone");
      return;
    }
    lost(report, log, place, history, newest.tombstone() && !old ? ageMs : -1);
  }

  private static void lost(
      Report report, LogView log, Place place, KeyHistory history, long tombstoneAgeMs) {
    SendFact newest = history.newest;
    String left =
        history.kept == null
            ? "nothing of the key is left"
            : "the newest left is " + Sentences.value(history.kept.value(), null);
    report.add(
        COMPACTION_LOSS,
        log.id(),
        List.of(newest.invoked(), newest.completed(), log.endWitness()),
        List.of(newest.value()),
        List.of(history.newestOffset),
        Cause.UNEXPLAINED,
        (newest.tombstone() ? "The tombstone " : "The newest record, ")
            + Sentences.value(newest.value(), place.key())
            + " at "
            + Sentences.at(log, history.newestOffset)
            + ", is not in the compacted log"
            + (tombstoneAgeMs < 0 ? "" : " " + tombstoneAgeMs + " ms after it was stored")
            + ": "
            + left
            + ".");
  }
}
