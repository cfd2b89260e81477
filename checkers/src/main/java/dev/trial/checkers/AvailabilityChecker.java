package dev.trial.checkers;

import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Election;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.FaultWindow;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.checkers.evidence.SendFact;
import dev.trial.core.history.Action.Phase;
import dev.trial.core.history.Action.Start;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Vacuity;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How much happened, and how long nothing did. Says {@code unknown} when too little was
 * acknowledged while faults were active; reports unavailability as an anomaly only where the rules
 * name it.
 */
final class AvailabilityChecker extends FamilyChecker {

  /** Shorter pauses of a partition are ordinary. */
  private static final long SHORTEST_OUTAGE_NS = 1_000_000_000L;

  /** Traffic around a leader change that makes it a real test. */
  private static final int BUSY_SENDS = 20;

  AvailabilityChecker() {
    super("availability");
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    sends(evidence, report);
    traffic(evidence, report);
    PartitionSends sends = new PartitionSends(evidence);
    leaderChanges(evidence, sends, report);
    recoveries(evidence, report);
    outages(evidence, sends, report);
  }

  private static void sends(Evidence evidence, Report report) {
    long slowestNs = 0;
    long[] byStage = new long[Stage.values().length];
    report.over("sends", evidence.sends().size());
    for (SendFact send : evidence.sends()) {
      report.step();
      byStage[send.outcome().ordinal()]++;
      if (send.acknowledged()) {
        slowestNs = Math.max(slowestNs, send.completedNs() - send.invokedNs());
      }
    }
    report.count("sends", evidence.sends().size());
    report.count("sends.", byStage);
    report.set("send-latency-max-ms", slowestNs / 1_000_000);
    report.set("faults", evidence.faults().size());
  }

  // ---- vacuity

  private static void traffic(Evidence evidence, Report report) {
    List<FaultWindow> windows = evidence.faults();
    long acknowledged = 0;
    long underFaults = 0;
    for (SendFact send : evidence.sends()) {
      acknowledged += send.acknowledged() ? 1 : 0;
      underFaults += send.acknowledged() && during(windows, send.completedNs()) ? 1 : 0;
    }
    report.set("acknowledged-during-faults", underFaults);
    long polls = 0;
    long pollsUnderFaults = 0;
    Deliveries rows = evidence.deliveries();
    report.over("deliveries", rows.size());
    for (int row = 0; row < rows.size(); row++) {
      report.step();
      boolean newPoll = row == 0 || rows.operation(row) != rows.operation(row - 1);
      if (newPoll && !evidence.process(rows.process(row)).finalReader()) {
        long timeNs = evidence.history().at(rows.operation(row)).timeNs();
        polls++;
        pollsUnderFaults += during(windows, timeNs) ? 1 : 0;
      }
    }
    report.set("polls-during-faults", pollsUnderFaults);
    Vacuity vacuity = evidence.rules().vacuity();
    String when = windows.isEmpty() ? "in the run" : "while faults were active";
    long succeeded = underFaults + pollsUnderFaults;
    atLeast(vacuity.minUnderFaults(), succeeded, when, evidence, report);
    atLeast(vacuity.minInRun(), acknowledged + polls, "in the run", evidence, report);
    if (vacuity.minUnderFaults() > 0) {
      groupsThatRead(evidence, evidence.phase(Phase.Name.HEAL), report);
    } else if (vacuity.minInRun() > 0) {
      groupsThatRead(evidence, Long.MAX_VALUE, report);
    }
  }

  /** What was sent says nothing of a group that got its first record when all was over. */
  private static void groupsThatRead(Evidence evidence, long over, Report report) {
    Set<String> idle = new TreeSet<>();
    for (ProcessFact process : evidence.processes()) {
      boolean consumes =
          process.kind() == Start.Kind.CONSUMER || process.kind() == Start.Kind.PROCESSOR;
      if (consumes && process.group() != null) {
        idle.add(process.group());
      }
    }
    idle.retainAll(evidence.rules().groups());
    Deliveries rows = evidence.deliveries();
    for (GroupPartition at : evidence.groupPartitions()) {
      if (!at.deliveries().isEmpty() && rows.operation(at.deliveries().getInt(0)) < over) {
        idle.remove(at.group());
      }
    }
    for (String group : over < 0 ? Set.<String>of() : idle) {
      report.unknown("no record was delivered to group " + group + " before the load was over");
    }
  }

  private static void atLeast(
      int least, long succeeded, String when, Evidence evidence, Report report) {
    if (succeeded < least) {
      report.unknown(
          "only "
              + succeeded
              + " operations succeeded "
              + when
              + "; "
              + least
              + " are needed for a verdict"
              + FrequentError.of(evidence.history()).map(AvailabilityChecker::told).orElse(""));
    }
  }

  private static String told(FrequentError error) {
    return "; what clients met most often, " + error.times() + " times: " + error.text();
  }

  /** Without any fault the whole run counts. */
  private static boolean during(List<FaultWindow> windows, long timeNs) {
    for (FaultWindow each : windows) {
      if (timeNs >= each.beginNs() && timeNs <= each.effectiveEndNs()) {
        return true;
      }
    }
    return windows.isEmpty();
  }

  // ---- leader changes

  private static void leaderChanges(Evidence evidence, PartitionSends sends, Report report) {
    report.set("leader-changes", 0);
    int underLoad = 0;
    for (int partition = 0; partition < evidence.logs().size(); partition++) {
      underLoad += leaderChanges(evidence, partition, sends, report);
    }
    report.set("leader-changes-under-load", underLoad);
    int least = evidence.rules().vacuity().minLeaderChanges();
    if (underLoad < least) {
      report.unknown(
          "only "
              + underLoad
              + " leader changes had "
              + BUSY_SENDS
              + " sends or more in flight or acknowledged; "
              + least
              + " are needed for a verdict");
    }
  }

  /** Tells how many changes were under load. */
  private static int leaderChanges(
      Evidence evidence, int partition, PartitionSends sends, Report report) {
    int underLoad = 0;
    Election before = null;
    for (Election each : evidence.log(partition).leaderships()) {
      boolean changed = before != null && each.elects() && each.leader() != before.leader();
      if (each.leader() >= 0) {
        before = each;
      }
      if (!changed) {
        continue;
      }
      report.count("leader-changes");
      long involved =
          sends.inFlight(partition, each.index())
              + acknowledgedAround(evidence, sends.invoked(partition), each, report);
      report.atLeast("leader-change-sends-max", involved);
      underLoad += involved >= BUSY_SENDS ? 1 : 0;
    }
    return underLoad;
  }

  private static long acknowledgedAround(
      Evidence evidence, SendFact[] sends, Election election, Report report) {
    for (FaultWindow window : evidence.faults()) {
      if (window.beginNs() <= election.timeNs() && window.effectiveEndNs() >= election.timeNs()) {
        report.cost(sends.length);
        return acknowledgedIn(window, sends, election.index());
      }
    }
    return 0;
  }

  /** Those in flight at {@code index} are left out. */
  private static long acknowledgedIn(FaultWindow window, SendFact[] sends, long index) {
    long toNs = window.effectiveEndNs();
    long count = 0;
    for (SendFact send : sends) {
      boolean inside =
          send.completedNs() >= window.beginNs()
              && send.completedNs() <= toNs
              && send.acknowledged();
      boolean counted = send.invoked() < index && send.completed() > index;
      count += inside && !counted ? 1 : 0;
    }
    return count;
  }

  // ---- recovery

  private static void recoveries(Evidence evidence, Report report) {
    long[] acknowledgedNs = evidence.faults().isEmpty() ? new long[0] : acknowledgedNs(evidence);
    for (FaultWindow each : evidence.faults()) {
      int found = Arrays.binarySearch(acknowledgedNs, each.beginNs());
      int next = found >= 0 ? found : -found - 1;
      if (next < acknowledgedNs.length) {
        report.atLeast(
            "recovery-max-ms." + each.fault().fault().fault().kind().id(),
            (acknowledgedNs[next] - each.beginNs()) / 1_000_000);
      } else {
        report.count("faults-never-recovered");
      }
    }
  }

  private static long[] acknowledgedNs(Evidence evidence) {
    long[] timesNs = new long[evidence.sends().size()];
    int size = 0;
    for (SendFact send : evidence.sends()) {
      if (send.acknowledged()) {
        timesNs[size++] = send.completedNs();
      }
    }
    Arrays.sort(timesNs, 0, size);
    return Arrays.copyOf(timesNs, size);
  }

  // ---- outages

  private static void outages(Evidence evidence, PartitionSends sends, Report report) {
    for (int partition = 0; partition < evidence.logs().size(); partition++) {
      outages(evidence, evidence.log(partition), sends.completed(partition), report);
    }
  }

  /** Stretches of a partition in which sends ended, none of them well. */
  private static void outages(Evidence evidence, LogView log, SendFact[] sends, Report report) {
    SendFact first = null;
    SendFact last = null;
    for (SendFact send : sends) {
      if (send.outcome() == Stage.OK) {
        outage(evidence, log, first, last, report);
        first = null;
        last = null;
      } else {
        first = first == null ? send : first;
        last = send;
      }
    }
    outage(evidence, log, first, last, report);
  }

  private static void outage(
      Evidence evidence, LogView log, SendFact first, SendFact last, Report report) {
    if (first == null || last.completedNs() - first.invokedNs() < SHORTEST_OUTAGE_NS) {
      return;
    }
    long lengthMs = (last.completedNs() - first.invokedNs()) / 1_000_000;
    report.count("outages");
    report.atLeast("outage-max-ms", lengthMs);
    if (evidence.rules().judged().contains(AnomalyKind.UNAVAILABLE)) {
      report.add(
          AnomalyKind.UNAVAILABLE,
          log.id(),
          List.of(first.invoked(), first.completed(), last.completed()),
          List.of(first.value()),
          List.of(),
          Cause.UNEXPLAINED,
          log.id() + " took no record for " + lengthMs + " ms: " + first.error() + ".");
    }
  }
}
