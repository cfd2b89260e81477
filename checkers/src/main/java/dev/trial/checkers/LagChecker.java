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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * How groups kept up with what was acknowledged, as Burrow would have told when the load ended and
 * when the final read began: numbers of partitions by status. Statistics only. Burrow learns the
 * end of a log now and then; here it is what had been acknowledged at that moment.
 */
final class LagChecker extends FamilyChecker {
  private static final LagRules RULES = LagRules.DEFAULT;
  private static final long NS_PER_MS = 1_000_000;

  LagChecker() {
    super("lag");
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    LogEnds[] ends = ends(evidence);
    for (Phase.Name phase : List.of(Phase.Name.HEAL, Phase.Name.FINAL_READ)) {
      long now = evidence.phase(phase);
      if (now < 0) {
        continue;
      }
      report.over("partitions of groups", evidence.groupPartitions().size());
      for (GroupPartition at : evidence.groupPartitions()) {
        report.step();
        report.cost(2L * at.commits().size());
        LogEnds log = ends[at.partition()];
        String when = phase == Phase.Name.HEAL ? "after-load" : "after-liveness";
        report.count(when + "." + status(evidence, at, log, now).id() + "." + at.group());
      }
    }
  }

  /** By the partition's number. */
  private static LogEnds[] ends(Evidence evidence) {
    LogEnds[] ends = new LogEnds[evidence.logs().size()];
    Arrays.setAll(ends, partition -> new LogEnds());
    for (SendFact each : evidence.completedSends()) {
      if (each.acknowledged() && each.offset() >= 0 && each.partition() >= 0) {
        ends[each.partition()].reached(each.completedNs() / NS_PER_MS, each.offset() + 1);
      }
    }
    return ends;
  }

  private static LagStatus status(Evidence evidence, GroupPartition at, LogEnds log, long now) {
    LagWindow window = new LagWindow(RULES);
    for (CommitFact commit : last(at.commits(), now)) {
      long timeMs = timeMs(evidence, commit.completed());
      long lag = Math.max(0, log.at(timeMs) - commit.offset());
      window.add(new LagWindow.Commit(timeMs, commit.offset(), lag));
    }
    long nowMs = timeMs(evidence, now);
    return window.status(nowMs, log.lately(nowMs, RULES));
  }

  /** The last that were acknowledged by then, in order, as many as a window holds. */
  private static Deque<CommitFact> last(List<CommitFact> commits, long now) {
    Deque<CommitFact> last = new ArrayDeque<>();
    for (int i = commits.size() - 1; i >= 0 && last.size() < RULES.commits(); i--) {
      CommitFact each = commits.get(i);
      if (each.outcome() == Stage.OK && each.completed() <= now) {
        last.addFirst(each);
      }
    }
    return last;
  }

  private static long timeMs(Evidence evidence, long index) {
    return evidence.history().at(index).timeNs() / NS_PER_MS;
  }
}
