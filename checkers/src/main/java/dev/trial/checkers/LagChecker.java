package dev.trial.checkers;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.checkers.lag.LagStatus;
import dev.trial.checkers.lag.LagWindow;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How groups kept up with what was acknowledged, as Burrow would have told when the load ended and
 * when the final read began: numbers of partitions by status. Statistics only.
 */
final class LagChecker extends FamilyChecker {
  private static final int WINDOW = 10;

  LagChecker() {
    super("lag");
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    List<List<SendFact>> sends = acknowledgedInOrder(evidence);
    for (Phase.Name phase : List.of(Phase.Name.HEAL, Phase.Name.FINAL_READ)) {
      long now = evidence.phase(phase);
      if (now < 0) {
        continue;
      }
      report.over("partitions of groups", evidence.groupPartitions().size());
      for (GroupPartition at : evidence.groupPartitions()) {
        report.step();
        report.cost(2L * at.commits().size() + sends.get(at.partition()).size());
        LagStatus status = status(evidence, at, sends.get(at.partition()), now);
        String when = phase == Phase.Name.HEAL ? "after-load" : "after-liveness";
        report.count(when + "." + status.id() + "." + at.group());
      }
    }
  }

  /** By the number of the partition. */
  private static List<List<SendFact>> acknowledgedInOrder(Evidence evidence) {
    List<List<SendFact>> sends = new ArrayList<>();
    evidence.logs().forEach(log -> sends.add(new ArrayList<>()));
    for (SendFact each : evidence.sends()) {
      if (each.acknowledged() && each.offset() >= 0 && each.partition() >= 0) {
        sends.get(each.partition()).add(each);
      }
    }
    sends.forEach(each -> each.sort(Comparator.comparingLong(SendFact::completed)));
    return sends;
  }

  private static LagStatus status(
      Evidence evidence, GroupPartition at, List<SendFact> sends, long now) {
    LagWindow window = new LagWindow(WINDOW);
    int before = commitsBy(at, now) - WINDOW;
    int sent = 0;
    long end = 0;
    for (CommitFact commit : at.commits()) {
      if (commit.outcome() != Stage.OK || commit.completed() > now) {
        continue;
      }
      for (; sent < sends.size() && sends.get(sent).completed() < commit.completed(); sent++) {
        end = Math.max(end, sends.get(sent).offset() + 1);
      }
      if (before-- > 0) {
        continue;
      }
      long lag = Math.max(0, end - commit.offset());
      window.add(new LagWindow.Commit(timeMs(evidence, commit.completed()), commit.offset(), lag));
    }
    for (; sent < sends.size() && sends.get(sent).completed() < now; sent++) {
      end = Math.max(end, sends.get(sent).offset() + 1);
    }
    return window.status(timeMs(evidence, now), end);
  }

  private static int commitsBy(GroupPartition at, long now) {
    int commits = 0;
    for (CommitFact commit : at.commits()) {
      commits += commit.outcome() == Stage.OK && commit.completed() <= now ? 1 : 0;
    }
    return commits;
  }

  private static long timeMs(Evidence evidence, long index) {
    return evidence.history().at(index).timeNs() / 1_000_000;
  }
}
