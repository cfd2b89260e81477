package dev.trial.checkers;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.checkers.lag.LagRules;
import dev.trial.checkers.lag.LagStatus;
import dev.trial.checkers.lag.LagWindow;
import dev.trial.checkers.lag.LogEnds;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How groups kept up with what was acknowledged, as Burrow would have told when the load ended and
 * when the final read began: numbers of partitions by status. Statistics only. Burrow learns the
 * end of a log now and then; here it is what had been acknowledged at that moment.
 */
final class LagChecker extends FamilyChecker {
  private static final LagRules RULES = LagRules.DEFAULT;

  LagChecker() {
    super("lag");
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    Map<Integer, LogEnds> ends = ends(evidence);
    for (Phase.Name phase : List.of(Phase.Name.HEAL, Phase.Name.FINAL_READ)) {
      long now = evidence.phase(phase);
      if (now < 0) {
        continue;
      }
      report.over("partitions of groups", evidence.groupPartitions().size());
      for (GroupPartition at : evidence.groupPartitions()) {
        report.step();
        report.cost(2L * at.commits().size());
        LogEnds log = ends.getOrDefault(at.partition(), new LogEnds());
        String when = phase == Phase.Name.HEAL ? "after-load" : "after-liveness";
        report.count(when + "." + status(evidence, at, log, now).id() + "." + at.group());
      }
    }
  }

  private static Map<Integer, LogEnds> ends(Evidence evidence) {
    List<SendFact> sends = new ArrayList<>();
    for (SendFact each : evidence.sends()) {
      if (each.acknowledged() && each.offset() >= 0 && each.partition() >= 0) {
        sends.add(each);
      }
    }
    sends.sort(Comparator.comparingLong(SendFact::completed));
    Map<Integer, LogEnds> ends = new TreeMap<>();
    for (SendFact each : sends) {
      ends.computeIfAbsent(each.partition(), partition -> new LogEnds())
          .reached(timeMs(evidence, each.completed()), each.offset() + 1);
    }
    return ends;
  }

  private static LagStatus status(Evidence evidence, GroupPartition at, LogEnds log, long now) {
    LagWindow window = new LagWindow(RULES);
    for (CommitFact commit : at.commits()) {
      if (commit.outcome() == Stage.OK && commit.completed() <= now) {
        long timeMs = timeMs(evidence, commit.completed());
        long lag = Math.max(0, log.at(timeMs) - commit.offset());
        window.add(new LagWindow.Commit(timeMs, commit.offset(), lag));
      }
    }
    long nowMs = timeMs(evidence, now);
    return window.status(nowMs, log.lately(nowMs, RULES));
  }

  private static long timeMs(Evidence evidence, long index) {
    return evidence.history().at(index).timeNs() / 1_000_000;
  }
}
