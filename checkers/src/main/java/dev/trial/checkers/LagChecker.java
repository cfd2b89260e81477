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
import java.util.Map;
import java.util.TreeMap;

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
    Map<Integer, List<SendFact>> sends = acknowledgedInOrder(evidence);
    for (Phase.Name phase : List.of(Phase.Name.HEAL, Phase.Name.FINAL_READ)) {
      long now = evidence.phase(phase);
      if (now < 0) {
        continue;
      }
      for (GroupPartition at : evidence.groupPartitions()) {
        LagStatus status = status(evidence, at, sends.getOrDefault(at.partition(), List.of()), now);
        String when = phase == Phase.Name.HEAL ? "after-load" : "after-liveness";
        report.count(when + "." + status.id() + "." + at.group());
      }
    }
  }

  private static Map<Integer, List<SendFact>> acknowledgedInOrder(Evidence evidence) {
    Map<Integer, List<SendFact>> sends = new TreeMap<>();
    for (SendFact each : evidence.sends()) {
      if (each.acknowledged() && each.offset() >= 0) {
        sends.computeIfAbsent(each.partition(), partition -> new ArrayList<>()).add(each);
      }
    }
    sends.values().forEach(each -> each.sort(Comparator.comparingLong(SendFact::completed)));
    return sends;
  }

  private static LagStatus status(
      Evidence evidence, GroupPartition at, List<SendFact> sends, long now) {
    LagWindow window = new LagWindow(WINDOW);
    int sent = 0;
    long end = 0;
    for (CommitFact commit : at.commits()) {
      if (commit.outcome() != Stage.OK || commit.completed() > now) {
        continue;
      }
      for (; sent < sends.size() && sends.get(sent).completed() < commit.completed(); sent++) {
        end = Math.max(end, sends.get(sent).offset() + 1);
      }
      long lag = Math.max(0, end - commit.offset());
      window.add(new LagWindow.Commit(timeMs(evidence, commit.completed()), commit.offset(), lag));
    }
    for (; sent < sends.size() && sends.get(sent).completed() < now; sent++) {
      end = Math.max(end, sends.get(sent).offset() + 1);
    }
    return window.status(timeMs(evidence, now), end);
  }

  private static long timeMs(Evidence evidence, long index) {
    return evidence.history().at(index).timeNs() / 1_000_000;
  }
}
