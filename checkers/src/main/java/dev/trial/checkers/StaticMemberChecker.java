package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.NEEDLESS_REBALANCE;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.checkers.evidence.Part;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.core.verdict.Cause;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Static members (KIP-345): one that is back under its group.instance.id before its session times
 * out gets its partitions again, and nobody else notices.
 */
final class StaticMemberChecker extends FamilyChecker {
  private static final String INSTANCE = "group.instance.id";
  private static final String SESSION = "session.timeout.ms";
  private static final long DEFAULT_SESSION_MS = 45_000;

  StaticMemberChecker() {
    super("static-members", Part.PROCESS_ENDS);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    Map<String, ProcessFact> last = new TreeMap<>();
    report.over("processes", evidence.processes().size());
    for (ProcessFact process : evidence.processes()) {
      report.step();
      String instance = process.settings().get(INSTANCE);
      if (instance == null || process.group() == null) {
        continue;
      }
      ProcessFact before = last.put(process.group() + "/" + instance, process);
      boolean returned = before != null && before.client().equals(process.client());
      if (returned && evidence.endsKnown(process.group())) {
        returned(evidence, report, before, process);
      }
    }
  }

  /**
   * True if the second owner has the first one's group.instance.id, and the first heard so in time:
   * a static member that takes over causes no new generation, and the one before is fenced at its
   * next heartbeat (KIP-345).
   */
  static boolean tookOver(Evidence evidence, Ownership first, Ownership second) {
    ProcessFact before = evidence.process(first.process());
    String instance = before.settings().get(INSTANCE);
    if (instance == null
        || !instance.equals(evidence.process(second.process()).settings().get(INSTANCE))) {
      return false;
    }
    long last = Math.min(first.released(), evidence.history().size() - 1L);
    long bothNs =
        evidence.history().at(last).timeNs() - evidence.history().at(second.assigned()).timeNs();
    return bothNs / 1_000_000 < sessionMs(before);
  }

  private static long sessionMs(ProcessFact process) {
    return process.settingMs(SESSION, DEFAULT_SESSION_MS);
  }

  /** From the end of one process to the first partition that the next one is given. */
  private static void returned(
      Evidence evidence, Report report, ProcessFact gone, ProcessFact back) {
    long from = gone.endIndex();
    long to = firstAssignment(evidence, back);
    if (from > to || to == Long.MAX_VALUE) {
      return;
    }
    long awayNs = evidence.history().at(to).timeNs() - evidence.history().at(from).timeNs();
    if (awayNs / 1_000_000 >= sessionMs(gone)) {
      report.count("static-members-back-too-late");
      return;
    }
    if (rebalancing(evidence, gone)) {
      report.count("static-members-gone-in-a-rebalance");
      return;
    }
    report.count("static-members-back-in-time");
    for (GroupPartition at : evidence.group(gone.group())) {
      for (Ownership owner : at.owners()) {
        boolean other = owner.process() != gone.id() && owner.process() != back.id();
        if (other && owner.assigned() > from && owner.assigned() < to && wasOf(at, gone, from)) {
          needless(evidence, report, at, gone, owner, from, to);
        }
      }
    }
  }

  /** True if a member that lived then was not yet in the generation of the one that went. */
  private static boolean rebalancing(Evidence evidence, ProcessFact gone) {
    int generation = generationOf(evidence, gone, gone.endIndex());
    for (ProcessFact each : evidence.processes()) {
      boolean member = each != gone && gone.group().equals(each.group());
      boolean lived = each.begun() < gone.endIndex() && each.endIndex() > gone.endIndex();
      if (member && lived && generationOf(evidence, each, gone.endIndex()) != generation) {
        return true;
      }
    }
    return false;
  }

  /** The last generation that a process was given partitions in, −1 for none. */
  private static int generationOf(Evidence evidence, ProcessFact process, long before) {
    int generation = -1;
    for (GroupPartition at : evidence.group(process.group())) {
      for (Ownership owner : at.owners()) {
        if (owner.process() == process.id() && owner.assigned() < before) {
          generation = Math.max(generation, owner.generation());
        }
      }
    }
    return generation;
  }

  private static boolean wasOf(GroupPartition at, ProcessFact gone, long end) {
    for (Ownership each : at.owners()) {
      if (each.process() == gone.id() && each.assigned() < end && each.released() >= end) {
        return true;
      }
    }
    return false;
  }

  private static long firstAssignment(Evidence evidence, ProcessFact process) {
    long first = Long.MAX_VALUE;
    for (GroupPartition at : evidence.group(process.group())) {
      for (Ownership owner : at.owners()) {
        if (owner.process() == process.id()) {
          first = Math.min(first, owner.assigned());
        }
      }
    }
    return first;
  }

  private static void needless(
      Evidence evidence,
      Report report,
      GroupPartition at,
      ProcessFact gone,
      Ownership owner,
      long from,
      long to) {
    report.add(
        NEEDLESS_REBALANCE,
        evidence.log(at.partition()).id(),
        List.of(from, owner.assigned(), to),
        List.of(),
        List.of(),
        Cause.UNEXPLAINED,
        gone.client()
            + " was back as static member "
            + gone.settings().get(INSTANCE)
            + " before its session timed out, but "
            + evidence.log(at.partition()).id()
            + " had been given to "
            + evidence.process(owner.process()).client()
            + ".");
  }
}
