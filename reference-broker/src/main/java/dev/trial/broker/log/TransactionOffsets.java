package dev.trial.broker.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the transactions of one partition begin and end (KIP-98): the open ones, those whose marker
 * is above the high watermark, and the index of the aborted ones.
 */
final class TransactionOffsets {

  /** No transaction is undecided. */
  static final long NONE = Long.MAX_VALUE;

  /** Producer of each open transaction by first offset. */
  private final TreeMap<Long, Long> open = new TreeMap<>();

  /** Marker's offset of each ended transaction that may not be replicated yet, by first offset. */
  private final TreeMap<Long, Long> unreplicated = new TreeMap<>();

  private final List<AbortedTransaction> aborted = new ArrayList<>();

  void begin(long producerId, long firstOffset) {
    open.put(firstOffset, producerId);
  }

  void end(long firstOffset, long markerOffset, boolean committed) {
    Long producerId = open.remove(firstOffset);
    if (!committed) {
      long stable = open.isEmpty() ? markerOffset + 1 : open.firstKey();
      aborted.add(new AbortedTransaction(producerId, firstOffset, markerOffset, stable));
    }
    unreplicated.put(firstOffset, markerOffset);
  }

  /** Everything below the high watermark is replicated. */
  void replicated(long highWatermark) {
    if (!unreplicated.isEmpty()) {
      unreplicated.values().removeIf(marker -> marker < highWatermark);
    }
  }

  /** First offset that is undecided, or decided by a marker that may get lost; NONE if none is. */
  long firstUnstable() {
    return Math.min(first(open), first(unreplicated));
  }

  private static long first(TreeMap<Long, Long> transactions) {
    return transactions.isEmpty() ? NONE : transactions.firstKey();
  }

  /** Aborted transactions with something in {@code [from, upTo)}. */
  List<AbortedTransaction> aborted(long from, long upTo) {
    List<AbortedTransaction> found = new ArrayList<>();
    for (int i = firstEndingAtOrAfter(from); i < aborted.size(); i++) {
      AbortedTransaction one = aborted.get(i);
      if (one.firstOffset() < upTo) {
        found.add(one);
      }
      if (one.lastStableOffset() >= upTo) {
        break;
      }
    }
    return found;
  }

  /** Markers are indexed in the order of their offsets. */
  private int firstEndingAtOrAfter(long offset) {
    int low = 0;
    int high = aborted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (aborted.get(middle).lastOffset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What ended below the log's start is of no use any more. */
  void raiseStart(long startOffset) {
    aborted.subList(0, firstEndingAtOrAfter(startOffset)).clear();
  }

  void clear() {
    open.clear();
    unreplicated.clear();
    aborted.clear();
  }

  /** The open transactions: producer by first offset. */
  Map<Long, Long> open() {
    return open;
  }
}
