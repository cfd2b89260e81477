package dev.trial.checkers;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.SendFact;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToLongFunction;

/** The sends to each partition, by the partition's number. */
final class PartitionSends {
  private final SendFact[][] sends;
  private final SendFact[][] completed;

  /** Those whose partition is known, in order of invocation. */
  PartitionSends(Evidence evidence) {
    int[] sizes = new int[evidence.logs().size()];
    for (SendFact send : evidence.sends()) {
      if (send.partition() >= 0) {
        sizes[send.partition()]++;
      }
    }
    sends = new SendFact[sizes.length][];
    completed = new SendFact[sizes.length][];
    for (int partition = 0; partition < sizes.length; partition++) {
      sends[partition] = new SendFact[sizes[partition]];
      sizes[partition] = 0;
    }
    for (SendFact send : evidence.sends()) {
      if (send.partition() >= 0) {
        sends[send.partition()][sizes[send.partition()]++] = send;
      }
    }
  }

  /** In order of invocation. */
  SendFact[] invoked(int partition) {
    return sends[partition];
  }

  /** Those that were completed, in order of completion. */
  SendFact[] completed(int partition) {
    if (completed[partition] == null) {
      completed[partition] = sorted(partition);
    }
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

  private SendFact[] sorted(int partition) {
    SendFact[] ended = new SendFact[sends[partition].length];
    int size = 0;
    for (SendFact send : sends[partition]) {
      if (send.completed() >= 0) {
        ended[size++] = send;
      }
    }
    Arrays.sort(ended, 0, size, Comparator.comparingLong(SendFact::completed));
    return Arrays.copyOf(ended, size);
  }
}
