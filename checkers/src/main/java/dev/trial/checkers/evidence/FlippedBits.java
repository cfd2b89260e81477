package dev.trial.checkers.evidence;

import dev.trial.checkers.evidence.LogView.ReplicaDump;
import dev.trial.core.cluster.ClusterShape;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.history.Action.ReplicaLog;
import dev.trial.core.history.Logged;
import java.util.List;

/**
 * What a flipped bit on a disk may do unnoticed. The checksum of a batch begins behind its leader
 * epoch (KIP-98, "Message Format"): its base offset is outside, and a log that goes on at a later
 * offset is taken for a whole one ({@code LogSegment.recover} in Kafka 4.3.1).
 */
public final class FlippedBits {
  private FlippedBits() {}

  /**
   * True if a bit was flipped on some disk before that operation. A leader that runs hands out what
   * its disk holds, whoever asks; and replicas whose batches begin elsewhere don't follow on one
   * another.
   */
  public static boolean before(Evidence evidence, long index) {
    return evidence.faults().stream().anyMatch(each -> isFlip(each) && each.index() < index);
  }

  /**
   * True if a replica on a disk with a flipped bit has a hole at the offset, or the batch that was
   * moved there, where another replica has a record of its own.
   */
  static boolean tookOut(Evidence evidence, LogView log, long offset) {
    for (ReplicaDump dump : log.replicas()) {
      if (spans(dump.log(), offset) && flipped(evidence, dump)) {
        Logged here = at(dump.log().records(), offset);
        if (log.replicas().stream().anyMatch(other -> hasElse(other.log(), offset, here))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasElse(ReplicaLog other, long offset, Logged than) {
    Logged there = at(other.records(), offset);
    return there != null && (than == null || than.value() != there.value());
  }

  private static boolean spans(ReplicaLog replica, long offset) {
    return replica.logStart() <= offset && offset < replica.logEnd();
  }

  private static boolean flipped(Evidence evidence, ReplicaDump dump) {
    String name = ClusterShape.brokerName(dump.log().broker());
    return evidence.faults().stream()
        .anyMatch(
            each ->
                isFlip(each) && each.index() < dump.index() && each.fault().hit().contains(name));
  }

  private static boolean isFlip(FaultWindow window) {
    return window.fault().fault().fault().kind() == FaultKind.BIT_FLIP;
  }

  /** Records are in the order of their offsets; null if there is none. */
  private static Logged at(List<Logged> records, long offset) {
    int low = 0;
    int high = records.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = records.get(middle).offset();
      if (found == offset) {
        return records.get(middle);
      }
      low = found < offset ? middle + 1 : low;
      high = found > offset ? middle - 1 : high;
    }
    return null;
  }
}
