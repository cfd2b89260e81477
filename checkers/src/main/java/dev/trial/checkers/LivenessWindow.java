package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.FaultWindow;
import dev.trial.checkers.evidence.ProcessFact;
import dev.trial.core.history.Action.Close;
import dev.trial.core.history.Action.End.How;
import dev.trial.core.history.Action.Poll;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import java.util.HashMap;
import java.util.Map;

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

  /** Of each process that polled: where its last poll that came back empty began, or −1. */
  private final Map<Integer, Long> lastVainPolls = new HashMap<>();

  /** Between two indexes at most. */
  LivenessWindow(Evidence evidence, String group, long from, long ended) {
    this.evidence = evidence;
    this.group = group;
    this.from = from;
    this.to = scan(ended);
  }

  /** Index of the first close of a member. */
  private long scan(long ended) {
    for (long index = from; index < ended; index++) {
      Operation each = evidence.history().at(index);
      if (each.action() instanceof Close && closesMember(each)) {
        return index;
      }
      if (each.action() instanceof Poll poll) {
        boolean vain = each.stage() == Stage.OK && poll.records().isEmpty();
        lastVainPolls.merge(each.process(), vain ? Evidence.begun(each) : -1, Math::max);
      }
    }
    return ended;
  }

  /** A processor closes to open again; its end counts. */
  private boolean closesMember(Operation close) {
    ProcessFact process = evidence.process(close.process());
    return process.kind() == Kind.CONSUMER && member(process);
  }

  /** Index at which it begins. */
  long from() {
    return from;
  }

  /** Index at which it ends. */
  long to() {
    return to;
  }

  /** True of a consumer or processor of the group. */
  boolean member(ProcessFact process) {
    boolean consumes = process.kind() == Kind.CONSUMER || process.kind() == Kind.PROCESSOR;
    return consumes && group.equals(process.group());
  }

  /** Whoever closed its consumer and is away is no member, though its process lives. */
  boolean polled(ProcessFact process) {
    return lastVainPolls.containsKey(process.id());
  }

  /** True if there was a member that should have had something to do. */
  boolean membersLive() {
    for (ProcessFact process : evidence.processes()) {
      boolean stayed = process.endIndex() >= to || process.ended() == How.CLOSED;
      if (stayed && member(process) && polled(process)) {
        return true;
      }
    }
    return false;
  }

  /** True if it is so long that a silence tells something. */
  boolean longEnough() {
    return timeNs(to) >= toldNs();
  }

  /**
   * True if a member began a poll that came back empty, after an index, when nothing disturbed the
   * group any more: what it owned then had been asked for.
   */
  boolean polledInVain(int process, long after) {
    long began = lastVainPolls.getOrDefault(process, -1L);
    return began > after && timeNs(began) >= Math.max(toldNs(), timeNs(after) + patienceNs());
  }

  /** True if a member had a poll come back empty, at any time in the window. */
  boolean polledInVain(int process) {
    return lastVainPolls.getOrDefault(process, -1L) >= 0;
  }

  /**
   * Within two session timeouts a dead member is evicted and its partitions find a new owner, and
   * whatever was asked of a broker that died is asked again.
   */
  private long toldNs() {
    long disturbedNs = Long.MIN_VALUE / 2;
    for (ProcessFact process : evidence.processes()) {
      if (member(process) && process.endIndex() < to && leftWithoutAWord(process)) {
        disturbedNs = Math.max(disturbedNs, timeNs(process.endIndex()));
      }
    }
    for (FaultWindow fault : evidence.faults()) {
      disturbedNs = Math.max(disturbedNs, fault.endNs());
    }
    return disturbedNs + patienceNs();
  }

  /** Whoever has a group.instance.id does not leave its group when it closes (KIP-345). */
  private static boolean leftWithoutAWord(ProcessFact process) {
    return process.ended() != How.CLOSED || process.settings().containsKey("group.instance.id");
  }

  private long patienceNs() {
    return 2 * evidence.rules().memberSessionMs() * MS;
  }

  private long timeNs(long index) {
    return evidence.history().at(index).timeNs();
  }
}
