package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.SKIPPED_BY_GROUP;
import static dev.trial.core.verdict.AnomalyKind.STUCK_CONSUMER;
import static dev.trial.core.verdict.AnomalyKind.WRONG_START;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A group hands every partition to one owner, starts it at the right place and leaves none out. */
final class GroupChecker extends FamilyChecker {

  GroupChecker() {
    super("groups", Part.FINAL_READ, Part.PROCESS_ENDS);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    List<GroupPartition> partitions = evidence.groupPartitions();
    Map<String, LivenessWindow> windows = new TreeMap<>();
    report.over("partitions of groups", partitions.size());
    for (GroupPartition at : partitions) {
      report.step();
      report.cost(2L * at.deliveries().size() + log(evidence, at).size());
      LogView log = log(evidence, at);
      boolean endsKnown = evidence.endsKnown(at.group());
      if (endsKnown) {
        new OwnershipOverlaps(evidence, report, at, log).check();
      }
      starts(evidence, losses, report, at, log);
      if (evidence.rules().groups().contains(at.group())) {
        skipped(evidence, losses, report, at, log);
        if (endsKnown && evidence.rules().judges(STUCK_CONSUMER) && evidence.concerns(at)) {
          Supplier<LivenessWindow> window =
              () -> windows.computeIfAbsent(at.group(), group -> window(evidence, report, group));
          new GroupLiveness(evidence, report, at, log, window).check();
        }
      }
    }
  }

  private static LivenessWindow window(Evidence evidence, Report report, String group) {
    long from = evidence.phase(Phase.Name.LIVENESS);
    long ended = evidence.phase(Phase.Name.FINAL_READ);
    report.cost(ended - from);
    return new LivenessWindow(evidence, group, from, ended);
  }

  private static LogView log(Evidence evidence, GroupPartition at) {
    return evidence.log(at.partition());
  }

  // ---- starts

  private static void starts(
      Evidence evidence, Losses losses, Report report, GroupPartition at, LogView log) {
    Deliveries rows = evidence.deliveries();
    int next = 0;
    for (Ownership owner : at.owners()) {
      Long committed = at.committedFor(owner);
      int first = -1;
      for (; next < at.deliveries().size(); next++) {
        if (rows.operation(at.deliveries().getInt(next)) > owner.assigned()) {
          break;
        }
      }
      for (int i = next; i < at.deliveries().size() && first < 0; i++) {
        report.cost(1);
        int row = at.deliveries().getInt(i);
        if (rows.operation(row) > owner.released()) {
          break;
        }
        first = rows.process(row) == owner.process() ? row : -1;
      }
      if (committed != null
          && first >= 0
          && !at.soughtBetween(owner.assigned(), rows.operation(first))) {
        start(evidence, losses, report, at, log, owner, committed, first);
      }
    }
  }

  private static void start(
      Evidence evidence,
      Losses losses,
      Report report,
      GroupPartition at,
      LogView log,
      Ownership owner,
      long committed,
      int row) {
    Deliveries rows = evidence.deliveries();
    long offset = rows.offset(row);
    String reset = evidence.rules().autoOffsetReset().getOrDefault(at.group(), "latest");
    if (committed < 0 && DurationStart.applies(reset)) {
      new DurationStart(evidence, report, log, reset).check(owner, row);
      return;
    }
    if (committed < 0 && !reset.equals("earliest")) {
      return;
    }
    // Where the log began at that time is not known, only where it begins in the end.
    long expected = Math.max(committed, log.start());
    boolean certain = log.proven() && log.valueAt(offset) == rows.value(row);
    boolean early = offset < committed;
    int missed = certain && !early ? evidence.mustSeeRow(log, expected, offset) : -1;
    if (!early && missed < 0) {
      return;
    }
    report.add(
        WRONG_START,
        log.id(),
        List.of(owner.assigned(), (long) rows.operation(row)),
        List.of(rows.value(row)),
        List.of(expected, offset),
        startCause(evidence, losses, report, at, owner, expected, row),
        evidence.process(owner.process()).client()
            + " took over "
            + log.id()
            + " with "
            + (committed < 0 ? "nothing" : "offset " + committed)
            + " committed, and began at "
            + offset
            + ".");
  }

  private static Cause startCause(
      Evidence evidence,
      Losses losses,
      Report report,
      GroupPartition at,
      Ownership owner,
      long expected,
      int row) {
    Deliveries rows = evidence.deliveries();
    for (CommitFact each : at.commits()) {
      boolean unsettled =
          each.mayLandAfter(owner.assigned()) && each.invoked() < rows.operation(row);
      boolean other = each.process() != owner.process();
      if (unsettled && other && each.offset() == rows.offset(row)) {
        return Cause.LATE_COMMIT;
      }
    }
    CommittedPosition position = new CommittedPosition(evidence, losses, report, at);
    boolean gone = truncated(position, owner, expected);
    return gone ? Cause.CONSEQUENCE_OF_TRUNCATION : Cause.UNEXPLAINED;
  }

  /**
   * True if what lies before the committed offset was truncated after it was read, or since its
   * commit, however long the group had no owner since.
   */
  private static boolean truncated(CommittedPosition position, Ownership owner, long committed) {
    boolean known = false;
    for (CommitFact each : position.at().commits()) {
      boolean told = each.outcome() == Stage.OK && each.offset() == committed;
      if (told && each.invoked() < owner.assigned()) {
        known = true;
        if (position.truncated(each)) {
          return true;
        }
      }
    }
    return !known && position.truncatedSince(committed, owner.assigned());
  }

  // ---- coverage

  private static void skipped(
      Evidence evidence, Losses losses, Report report, GroupPartition at, LogView log) {
    if (!log.proven()) {
      return;
    }
    Deliveries rows = evidence.deliveries();
    String reset = evidence.rules().autoOffsetReset().getOrDefault(at.group(), "latest");
    boolean fromStart = reset.equals("earliest") || addedUnderWay(evidence, log);
    long from = fromStart ? log.start() : Long.MAX_VALUE;
    long to = 0;
    int furthest = -1;
    for (int i = 0; i < at.deliveries().size(); i++) {
      int row = at.deliveries().getInt(i);
      from = Math.min(from, rows.offset(row));
      if (log.valueAt(rows.offset(row)) == rows.value(row) && rows.offset(row) >= to) {
        to = rows.offset(row) + 1;
        furthest = row;
      }
    }
    CommitFact commit = furthestCommit(at);
    long committed = commit == null ? 0 : commit.offset();
    for (int row = log.rowFrom(from); row < log.size(); row++) {
      long offset = log.offset(row);
      if (offset >= to && offset >= committed) {
        break;
      }
      if (at.firstDelivery(log.value(row)) < 0 && evidence.mustBeSeen(log, row)) {
        long passed = offset < to ? rows.operation(furthest) : commit == null ? -1 : commit.shown();
        skip(evidence, losses, report, at, log, row, passed);
      }
    }
  }

  /**
   * True if the partition was added to a topic in use: a group that was reading the topic by then
   * has no reason to leave out its beginning, whatever it does where nothing is committed.
   */
  private static boolean addedUnderWay(Evidence evidence, LogView log) {
    long load = evidence.phase(Phase.Name.LOAD);
    return load >= 0 && !log.leaderships().isEmpty() && log.leaderships().get(0).index() > load;
  }

  private static CommitFact furthestCommit(GroupPartition at) {
    CommitFact furthest = null;
    for (CommitFact each : at.commits()) {
      boolean ok = each.outcome() == Stage.OK;
      furthest = ok && (furthest == null || each.offset() > furthest.offset()) ? each : furthest;
    }
    return furthest;
  }

  private static void skip(
      Evidence evidence,
      Losses losses,
      Report report,
      GroupPartition at,
      LogView log,
      int row,
      long passed) {
    long value = log.value(row);
    SendFact send = evidence.sendOf(value);
    report.cost(at.deliveries().size());
    List<Long> shown = new ArrayList<>();
    shown.addAll(List.of(send.invoked(), send.completed(), log.witness(log.offset(row)), passed));
    Cause cause = skipCause(evidence, losses, at, log, log.offset(row), shown);
    report.count("skipped." + at.group());
    report.add(
        SKIPPED_BY_GROUP,
        log.id(),
        shown,
        List.of(value),
        List.of(log.offset(row)),
        cause,
        Sentences.capital(Sentences.value(value, send.key()))
            + " at "
            + Sentences.at(log, log.offset(row))
            + " was never delivered to group "
            + at.group()
            + ", which has gone past it.");
  }

  /** What proves it is added to what is shown. */
  private static Cause skipCause(
      Evidence evidence,
      Losses losses,
      GroupPartition at,
      LogView log,
      long offset,
      List<Long> shown) {
    if (passedBefore(evidence, losses, at, log, offset)) {
      return Cause.CONSEQUENCE_OF_TRUNCATION;
    }
    List<Long> proof = new BegunAtReset(evidence, at).proof(offset);
    shown.addAll(proof);
    return proof.isEmpty() ? Cause.UNEXPLAINED : Cause.BEGUN_AT_RESET;
  }

  /** The group had passed the offset when it held another record, which was truncated. */
  private static boolean passedBefore(
      Evidence evidence, Losses losses, GroupPartition at, LogView log, long offset) {
    Deliveries rows = evidence.deliveries();
    for (int i = 0; i < at.deliveries().size(); i++) {
      int row = at.deliveries().getInt(i);
      if (rows.offset(row) >= offset
          && losses.truncated(log, rows.offset(row), rows.value(row), rows.operation(row))) {
        return true;
      }
    }
    return false;
  }
}
