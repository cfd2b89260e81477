package dev.trial.checkers.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One transaction as its application saw it: who began it, what went into it, and when the call
 * that ends it was over. All times are indices of the history.
 */
public final class TransactionFact {
  final int number;
  final int process;
  final String transactionalId;
  final List<SendFact> sends = new ArrayList<>();
  final Map<String, Long> groups = new TreeMap<>();
  boolean commitCalled;
  long offsetsTaken = Long.MAX_VALUE;
  long ended = Long.MAX_VALUE;

  TransactionFact(int number, int process, String transactionalId) {
    this.number = number;
    this.process = process;
    this.transactionalId = transactionalId;
  }

  /** Its transactional.id, null if the history does not say. */
  public String transactionalId() {
    return transactionalId;
  }

  /** What was sent in it, in order. */
  public List<SendFact> sends() {
    return Collections.unmodifiableList(sends);
  }

  /** The groups whose offsets it carries, and where they were first handed over. */
  public Map<String, Long> groups() {
    return Collections.unmodifiableMap(groups);
  }

  /**
   * True if it was surely open then: the cluster had taken something of it, and the call that ends
   * it was not over.
   */
  public boolean openAt(long index) {
    if (index >= ended) {
      return false;
    }
    if (offsetsTaken < index) {
      return true;
    }
    for (SendFact each : sends) {
      if (each.acknowledged() && each.completed() < index) {
        return true;
      }
    }
    return false;
  }
}
