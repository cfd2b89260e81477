package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.FaultWindow;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.core.history.Action.Close;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Operation;

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
  private final long from;
  private final long to;

  /** Between two indexes. */
  AbandonedPartition(Evidence evidence, GroupPartition at, long from, long to) {
    this.evidence = evidence;
    this.at = at;
    this.from = from;
    this.to = firstClose(evidence, from, to);
  }

  /**
   * Clients that are told to close leave one after the other: what they own then proves nothing.
   */
  private static long firstClose(Evidence evidence, long from, long to) {
    for (long index = from; index < to; index++) {
      if (evidence.history().at(index).action() instanceof Close) {
        return index;
      }
    }
    return to;
  }

  /** A member that lived all the time while nobody owned the partition; null if it is excused. */
  ProcessFact witness() {
    for (Ownership each : at.owners()) {
      if (each.assigned() < to && each.released() > from) {
        return null;
      }
    }
    if (mayWaitForSomebody()) {
      return null;
    }
    for (ProcessFact process : evidence.processes()) {
      if (member(process) && process.begun() < from && livedOn(process) && polled(process)) {
        return process;
      }
    }
    return null;
  }

  /** True if there was a member that should have got to own something. */
  boolean membersLive() {
    for (ProcessFact process : evidence.processes()) {
      if (member(process) && process.endIndex() >= to && polled(process)) {
        return true;
      }
    }
    return false;
  }

  private boolean livedOn(ProcessFact process) {
    long end = Math.min(process.endIndex(), to);
    long livedNs = evidence.history().at(end).timeNs() - evidence.history().at(from).timeNs();
    return end > from && livedNs >= ENOUGH_MS * MS;
  }

  /** Whoever closed its consumer and is away is no member, though its process lives. */
  private boolean polled(ProcessFact process) {
    for (long index = from; index < to; index++) {
      Operation operation = evidence.history().at(index);
      if (operation.process() == process.id() && operation.action() instanceof Poll) {
        return true;
      }
    }
    return false;
  }

  private boolean member(ProcessFact process) {
    return process.kind() == Kind.CONSUMER && at.group().equals(process.group());
  }

  /** Within two session timeouts a dead member is evicted and its partitions find a new owner. */
  private boolean mayWaitForSomebody() {
    long endNs = evidence.history().at(to).timeNs();
    long patienceNs = 2 * evidence.rules().memberSessionMs() * MS;
    for (ProcessFact process : evidence.processes()) {
      boolean died = member(process) && process.endIndex() < from;
      if (died && endNs - evidence.history().at(process.endIndex()).timeNs() < patienceNs) {
        return true;
      }
    }
    for (FaultWindow fault : evidence.faults()) {
      if (endNs - fault.endNs() < patienceNs) {
        return true;
      }
    }
    return false;
  }
}
