package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.FaultWindow;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.core.history.Action.Close;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Operation;

/**
 * The time in which a group has to show that it goes on: from healing until the first of its
 * members closes, for those that are told to close leave one after the other.
 */
final class LivenessWindow {
  private static final long MS = 1_000_000;

  private final Evidence evidence;
  private final String group;
  private final long from;
  private final long to;

  /** Between two indexes at most. */
  LivenessWindow(Evidence evidence, String group, long from, long to) {
    this.evidence = evidence;
    this.group = group;
    this.from = from;
    this.to = firstClose(to);
  }

  private long firstClose(long ended) {
    for (long index = from; index < ended; index++) {
      Operation each = evidence.history().at(index);
      if (each.action() instanceof Close && member(evidence.process(each.process()))) {
        return index;
      }
    }
    return ended;
  }

  /** Index at which it begins. */
  long from() {
    return from;
  }

  /** Index at which it ends. */
  long to() {
    return to;
  }

  /** True of a consumer of the group. */
  boolean member(ProcessFact process) {
    return process.kind() == Kind.CONSUMER && group.equals(process.group());
  }

  /** Whoever closed its consumer and is away is no member, though its process lives. */
  boolean polled(ProcessFact process) {
    for (long index = from; index < to; index++) {
      Operation operation = evidence.history().at(index);
      if (operation.process() == process.id() && operation.action() instanceof Poll) {
        return true;
      }
    }
    return false;
  }

  /** True if there was a member that should have had something to do. */
  boolean membersLive() {
    for (ProcessFact process : evidence.processes()) {
      if (member(process) && process.endIndex() >= to && polled(process)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Within two session timeouts a dead member is evicted and its partitions find a new owner, and
   * whatever was asked of a broker that died is asked again.
   */
  boolean longEnough() {
    long endNs = evidence.history().at(to).timeNs();
    long patienceNs = 2 * evidence.rules().memberSessionMs() * MS;
    for (ProcessFact process : evidence.processes()) {
      boolean died = member(process) && process.endIndex() < from;
      if (died && endNs - evidence.history().at(process.endIndex()).timeNs() < patienceNs) {
        return false;
      }
    }
    for (FaultWindow fault : evidence.faults()) {
      if (endNs - fault.endNs() < patienceNs) {
        return false;
      }
    }
    return true;
  }
}
