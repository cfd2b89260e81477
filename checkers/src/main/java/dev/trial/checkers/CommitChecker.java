package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.COMMIT_AHEAD;
import static dev.trial.core.verdict.AnomalyKind.COMMIT_REGRESSION;
import static dev.trial.core.verdict.AnomalyKind.LOST_COMMIT;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.CommittedFact;
import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Part;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A group's committed offset is a register per partition: an answer shows the last commit, and
 * commits of one application go forward.
 */
final class CommitChecker extends FamilyChecker {

  private static final String AFTER_LOSS =
      ": its member had been given records of partitions that it had lost.";

  CommitChecker() {
    super("commits", Part.FINAL_READ);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    for (GroupPartition at : evidence.groupPartitions()) {
      new Register(evidence, losses, report, at).check();
    }
  }

  private record Register(Evidence evidence, Losses losses, Report report, GroupPartition at) {

    void check() {
      regressions();
      answers();
      ahead();
    }

    private LogView log() {
      return evidence.log(at.partition());
    }

    // ---- regression

    /**
     * Each commit against the highest of those that were over before it began; one that overlaps
     * another may have been first, whichever answer came first.
     */
    private void regressions() {
      report.over("commits for " + log().id(), at.commits().size());
      List<CommitFact> over = new ArrayList<>();
      long[] byStage = new long[Stage.values().length];
      for (CommitFact each : at.commits()) {
        report.step();
        byStage[each.outcome().ordinal()]++;
        if (each.outcome() == Stage.OK) {
          over.add(each);
        }
      }
      report.count("commits.", byStage);
      List<CommitFact> begun = new ArrayList<>(over);
      begun.sort(Comparator.comparingLong(CommitFact::invoked));
      Set<CommitFact> back = new HashSet<>(); // looked up, never iterated
      inOrderOfOneProcess(over, back);
      CommitFact highest = null;
      int next = 0;
      for (CommitFact each : begun) {
        for (; next < over.size() && over.get(next).completed() < each.invoked(); next++) {
          CommitFact ended = over.get(next);
          boolean higher = highest == null || ended.offset() >= highest.offset();
          highest = higher || back.contains(ended) ? ended : highest;
        }
        if (highest != null && each.offset() < highest.offset() && back.add(each)) {
          regression(highest, each);
        }
      }
    }

    /**
     * Commits of one process that were asked for and answered in the same order took place in it: a
     * client sends them on one connection, and a broker serves that in order.
     */
    private void inOrderOfOneProcess(List<CommitFact> over, Set<CommitFact> back) {
      Map<Integer, CommitFact> last = new HashMap<>(); // looked up, never iterated
      for (CommitFact each : over) {
        CommitFact before = last.put(each.process(), each);
        boolean ordered = before != null && before.invoked() < each.invoked();
        if (ordered && each.offset() < before.offset() && back.add(each)) {
          regression(before, each);
        }
      }
    }

    private void regression(CommitFact before, CommitFact after) {
      if (at.soughtBetween(before.completed(), after.completed())) {
        report.count("commits-back-after-seek");
        return;
      }
      if (new CommittedPosition(evidence, losses, report, at).truncated(before)) {
        regression(before, after, List.of(), Cause.CONSEQUENCE_OF_TRUNCATION, ".");
        return;
      }
      CommitFact late = new LateCommits(evidence.deliveries(), at, report).behind(before, after);
      List<Long> lost = new ReadsAfterLoss(evidence, at, report).before(after);
      if (late != null) {
        regression(before, after, List.of(late.shown()), Cause.LATE_COMMIT, explained(late));
      } else if (!lost.isEmpty()) {
        regression(before, after, lost, Cause.READ_AFTER_LOSS, AFTER_LOSS);
      } else {
        regression(before, after, List.of(), Cause.UNEXPLAINED, ".");
      }
    }

    private void regression(
        CommitFact before, CommitFact after, List<Long> between, Cause cause, String why) {
      List<Long> operations = new ArrayList<>(List.of(before.shown()));
      operations.addAll(between.isEmpty() ? List.of(-1L) : between);
      operations.addAll(List.of(after.invoked(), after.shown()));
      report.add(
          COMMIT_REGRESSION,
          log().id(),
          operations,
          List.of(),
          List.of(before.offset(), after.offset()),
          cause,
          "Group "
              + at.group()
              + " had committed "
              + before.offset()
              + " for "
              + log().id()
              + " and then committed "
              + after.offset()
              + why);
    }

    private static String explained(CommitFact late) {
      return late == null
          ? "."
          : ": an earlier commit of " + late.offset() + " whose end is unknown landed late.";
    }

    // ---- answers

    private void answers() {
      report.over("answers about commits for " + log().id(), at.told().size());
      LatestCommits latest = new LatestCommits(at.commits());
      for (CommittedFact told : at.told()) {
        report.step();
        report.cost(2L * at.commits().size());
        report.count("committed-offsets-told");
        CommitFact last = latest.before(told.asked());
        if (last == null || told.offset() == last.offset()) {
          continue;
        }
        if (!possible(told, last) && !pending(told)) {
          lostCommit(last, told);
        }
      }
    }

    /** True if a commit that no later one certainly overwrote may have put this offset there. */
    private boolean possible(CommittedFact told, CommitFact last) {
      for (CommitFact each : at.commits()) {
        boolean begun = each.invoked() < told.told() && each.outcome() == Stage.OK;
        boolean standing = begun && each.completed() >= last.invoked();
        if (standing && each.offset() == told.offset()) {
          return true;
        }
      }
      return false;
    }

    /**
     * True if the history stops before all commits are told that may have put this offset there.
     */
    private boolean pending(CommittedFact told) {
      if (evidence.completeness().stopped() == null) {
        return false;
      }
      for (CommitFact each : at.commits()) {
        boolean open = each.completed() == Long.MAX_VALUE && each.invoked() < told.told();
        if (open && each.offset() == told.offset()) {
          return true;
        }
      }
      return evidence.processes().stream()
          .anyMatch(
              each -> at.group().equals(each.group()) && !evidence.heardSince(each, told.told()));
    }

    private void lostCommit(CommitFact last, CommittedFact told) {
      CommitFact late = null;
      for (CommitFact each : at.commits()) {
        boolean begun = each.outcome() == Stage.INFO && each.invoked() < told.told();
        late = begun && each.offset() == told.offset() ? each : late;
      }
      if (late != null && late.offset() > last.offset()) {
        return;
      }
      if (late != null && late.invoked() > last.completed()) {
        return;
      }
      if (late == null && new UnseenAutoCommits(evidence, at).mayHavePut(told, last)) {
        report.count("commits-nobody-saw");
        return;
      }
      String answer =
          told.offset() < 0 ? "nothing is committed" : "the committed offset is " + told.offset();
      report.add(
          LOST_COMMIT,
          log().id(),
          List.of(last.completed(), late == null ? -1 : late.shown(), told.told()),
          List.of(),
          List.of(last.offset(), told.offset()),
          late == null ? Cause.UNEXPLAINED : Cause.LATE_COMMIT,
          "Group "
              + at.group()
              + " was acknowledged a commit of "
              + last.offset()
              + " for "
              + log().id()
              + ", and later told that "
              + answer
              + explained(late));
    }

    // ---- ahead

    private void ahead() {
      LogView log = log();
      Deliveries rows = evidence.deliveries();
      String reset = evidence.rules().autoOffsetReset().getOrDefault(at.group(), "latest");
      long reached = reset.equals("earliest") ? log.start() : Long.MAX_VALUE;
      int next = 0;
      for (CommitFact each : at.commits()) {
        if (each.outcome() != Stage.OK) {
          continue;
        }
        for (; next < at.deliveries().size(); next++) {
          int row = at.deliveries().getInt(next);
          if (rows.operation(row) > each.completed()) {
            break;
          }
          long after = rows.offset(row) + 1;
          reached = reached == Long.MAX_VALUE ? after : Math.max(reached, after);
        }
        if (each.offset() > reached && !at.soughtBetween(-1, each.completed())) {
          aheadOf(each, reached);
          reached = each.offset();
        }
      }
    }

    private void aheadOf(CommitFact commit, long reached) {
      LogView log = log();
      if (!log.proven()) {
        return;
      }
      int missed = evidence.mustSeeRow(log, reached, commit.offset());
      // Markers and aborted data take offsets that a position passes silently.
      boolean beyondLog = commit.offset() > log.end();
      if (missed < 0 && !beyondLog) {
        return;
      }
      boolean gone = losses.ofRead(log, reached, commit.completed()).explained();
      report.add(
          COMMIT_AHEAD,
          log.id(),
          List.of(commit.invoked(), commit.shown()),
          missed < 0 ? List.of() : List.of(log.value(missed)),
          List.of(commit.offset(), reached),
          gone ? Cause.CONSEQUENCE_OF_TRUNCATION : Cause.UNEXPLAINED,
          "Group "
              + at.group()
              + " committed "
              + commit.offset()
              + " for "
              + log.id()
              + ", but had been delivered only what is below "
              + reached
              + ".");
    }
  }
}
