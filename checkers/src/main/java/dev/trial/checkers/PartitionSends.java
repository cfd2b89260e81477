package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.SendFact;
import java.util.List;
import java.util.function.ToLongFunction;

/** The sends to each partition, by the partition's number. */
final class PartitionSends {
  private final SendFact[][] sends;
  private final SendFact[][] completed;

  /** Those whose partition is known. */
  PartitionSends(Evidence evidence) {
    sends = byPartition(evidence.sends(), evidence.logs().size());
    completed = byPartition(evidence.completedSends(), evidence.logs().size());
  }

  private static SendFact[][] byPartition(List<SendFact> all, int partitions) {
    int[] sizes = new int[partitions];
    for (SendFact send : all) {
      if (send.partition() >= 0) {
        sizes[send.partition()]++;
      }
    }
    SendFact[][] sorted = new SendFact[partitions][];
    for (int partition = 0; partition < partitions; partition++) {
      sorted[partition] = new SendFact[sizes[partition]];
      sizes[partition] = 0;
    }
    for (SendFact send : all) {
      if (send.partition() >= 0) {
        sorted[send.partition()][sizes[send.partition()]++] = send;
      }
    }
    return sorted;
  }

  /** In order of invocation. */
  SendFact[] invoked(int partition) {
    return sends[partition];
  }

  /** Those that were completed, in order of completion. */
  SendFact[] completed(int partition) {
    return completed[partition];
  }

  /** How many had begun before an operation and were not over with it. */
  int inFlight(int partition, long index) {
    int begun = count(sends[partition], SendFact::invoked, index - 1);
    return begun - count(completed(partition), SendFact::completed, index);
  }

  /** How many of ascending sends have an index up to that. */
  private static int count(SendFact[] ascending, ToLongFunction<SendFact> at, long upTo) {
    int low = 0;
    int high = ascending.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (at.applyAsLong(ascending[middle]) <= upTo) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
