package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.checkers.evidence.ProcessFact;

/**
 * A partition that no member of a group owns though members live: after healing that is a stuck
 * group, unless a member that died or was cut off may still be waited for.
 */
final class AbandonedPartition {
  private static final long MS = 1_000_000;

  /** Who lives so long after healing should have got something to own. */
  private static final long ENOUGH_MS = 2_000;

  private final Evidence evidence;
  private final GroupPartition at;
  private final LivenessWindow window;

  AbandonedPartition(Evidence evidence, GroupPartition at, LivenessWindow window) {
    this.evidence = evidence;
    this.at = at;
    this.window = window;
  }

  /** A member that lived all the time while nobody owned the partition; null if it is excused. */
  ProcessFact witness() {
    for (Ownership each : at.owners()) {
      if (each.assigned() < window.to() && each.released() > window.from()) {
        return null;
      }
    }
    if (!window.longEnough()) {
      return null;
    }
    for (ProcessFact process : evidence.processes()) {
      if (window.member(process)
          && process.begun() < window.from()
          && livedOn(process)
          && window.polled(process)) {
        return process;
      }
    }
    return null;
  }

  private boolean livedOn(ProcessFact process) {
    long end = Math.min(process.endIndex(), window.to());
    long livedNs =
        evidence.history().at(end).timeNs() - evidence.history().at(window.from()).timeNs();
    return end > window.from() && livedNs >= ENOUGH_MS * MS;
  }
}
