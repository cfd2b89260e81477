package dev.trial.checkers;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.checkers.evidence.Deliveries;
import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupPartition;
import dev.trial.checkers.evidence.Ownership;
import java.util.List;

/**
 * Whether a group went past a record because the owner that did so had nothing committed, and began
 * where auto.offset.reset sent it (KafkaConsumer; KIP-842 for partitions that are found late): at
 * the end of the log, or a duration back (KIP-1106). It is proven by the owner's assignment, by the
 * coordinator's answer that nothing is committed, and by what the owner was given, or committed,
 * first: an owner that was given earlier records before has not begun there.
 */
final class BegunAtReset {
  private final Evidence evidence;
  private final GroupPartition at;

  BegunAtReset(Evidence evidence, GroupPartition at) {
    this.evidence = evidence;
    this.at = at;
  }

  /** The operations that prove it for the record at an offset; empty if it can't be proven. */
  List<Long> proof(long offset) {
    String reset = evidence.rules().autoOffsetReset().getOrDefault(at.group(), "latest");
    Passing passing = earlier(firstGiven(offset), firstCommitted(offset));
    if (passing == null || reset.equals("earliest") || reset.equals("none")) {
      return List.of();
    }
    Ownership owner = at.ownerAt(passing.process(), passing.index());
    boolean begun = owner != null && begunBehind(offset, owner, passing.index());
    return begun ? List.of(owner.assigned(), passing.index()) : List.of();
  }

  private boolean begunBehind(long offset, Ownership owner, long index) {
    Long committed = at.committedFor(owner);
    return committed != null
        && committed < 0
        && index <= owner.released()
        && !at.soughtBetween(owner.assigned(), index)
        && !givenEarlier(offset, owner, index);
  }

  /** True if the owner was given the record, or one before it, until then. */
  private boolean givenEarlier(long offset, Ownership owner, long index) {
    Deliveries rows = evidence.deliveries();
    for (int i = 0; i < at.deliveries().size(); i++) {
      int row = at.deliveries().getInt(i);
      long given = rows.operation(row);
      boolean his = rows.process(row) == owner.process() && given > owner.assigned();
      if (his && given <= index && rows.offset(row) <= offset) {
        return true;
      }
    }
    return false;
  }

  private Passing firstGiven(long offset) {
    Deliveries rows = evidence.deliveries();
    for (int i = 0; i < at.deliveries().size(); i++) {
      int row = at.deliveries().getInt(i);
      if (rows.offset(row) > offset) {
        return new Passing(rows.process(row), rows.operation(row));
      }
    }
    return null;
  }

  private Passing firstCommitted(long offset) {
    Passing first = null;
    for (CommitFact each : at.commits()) {
      if (each.offset() > offset) {
        first = earlier(first, new Passing(each.process(), each.invoked()));
      }
    }
    return first;
  }

  private static Passing earlier(Passing one, Passing other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.index() < one.index() ? other : one;
  }

  /** Who went past the record first, and with what operation. */
  private record Passing(int process, long index) {}
}
