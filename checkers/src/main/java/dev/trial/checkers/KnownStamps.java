package dev.trial.checkers;

import dev.trial.core.history.Action.Stamps;
import dev.trial.core.history.Action.Stamps.Source;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/** What clients were told of the timestamps of one partition's records. */
final class KnownStamps {
  private final TreeMap<Long, Known> byOffset = new TreeMap<>();
  private List<Known> ascending = List.of();
  private long[] latestUpTo = new long[0];

  /**
   * A record's timestamp.
   *
   * @param toldBy the operation that told it first
   * @param readableFrom the operation that proves it replicated; {@link Long#MAX_VALUE} if none
   */
  record Known(long offset, long timestampMs, long toldBy, long readableFrom) {}

  /** Two clients that were told different timestamps of one record. */
  record Contradiction(Known first, Stamp second, long toldBy) {}

  /**
   * Takes note of what an operation told.
   *
   * @param acknowledgedIsReadable an acknowledgement says that all in-sync replicas have it
   */
  List<Contradiction> told(Operation operation, Stamps stamps, boolean acknowledgedIsReadable) {
    List<Contradiction> contradictions = new ArrayList<>();
    boolean readable = stamps.source() == Source.READ || acknowledgedIsReadable;
    long readableFrom = readable ? operation.index() : Long.MAX_VALUE;
    for (Stamp each : stamps.stamps()) {
      Known now = new Known(each.offset(), each.timestampMs(), operation.index(), readableFrom);
      Known before = byOffset.putIfAbsent(each.offset(), now);
      if (before != null && before.timestampMs() != each.timestampMs()) {
        contradictions.add(new Contradiction(before, each, operation.index()));
      } else if (before != null && readableFrom < before.readableFrom()) {
        byOffset.put(
            each.offset(),
            new Known(before.offset(), before.timestampMs(), before.toldBy(), readableFrom));
      }
    }
    return contradictions;
  }

  /** All is told: keeps the records that are still there, for the questions below. */
  void complete(LongPredicate stillThere) {
    byOffset.keySet().removeIf(offset -> !stillThere.test(offset));
    ascending = List.copyOf(byOffset.values());
    latestUpTo = new long[ascending.size()];
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < latestUpTo.length; i++) {
      latest = Math.max(latest, ascending.get(i).timestampMs());
      latestUpTo[i] = latest;
    }
  }

  int size() {
    return ascending.size();
  }

  /** What is known of the record at the offset; null for nothing. */
  Known at(long offset) {
    return byOffset.get(offset);
  }

  /** The first record known to have a timestamp not before that time; null if there is none. */
  Known firstFrom(long timestampMs) {
    int low = 0;
    int high = latestUpTo.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (latestUpTo[middle] < timestampMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == latestUpTo.length ? null : ascending.get(low);
  }

  /** The first such record that was readable before an operation; null if there is none. */
  Known firstReadableFrom(long timestampMs, long before) {
    for (Known each : ascending) {
      if (each.timestampMs() >= timestampMs && each.readableFrom() < before) {
        return each;
      }
    }
    return null;
  }
}
