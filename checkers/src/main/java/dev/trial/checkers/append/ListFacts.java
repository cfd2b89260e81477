package dev.trial.checkers.append;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of one list: who appended what, what was read, and the order of its values. The
 * order is the longest list read, as far as every other read agrees with it; a read list shows all
 * its former versions.
 */
final class ListFacts {
  static final int NOBODY = -1;

  private final Long2IntOpenHashMap writers = new Long2IntOpenHashMap();
  private final Long2IntOpenHashMap places = new Long2IntOpenHashMap();
  private final List<Reading> readings = new ArrayList<>();
  private long[] order = {};
  private int longestReading = -1;
  private int agreed;
  private int[] writerUpTo;
  private int[] writerFrom;

  ListFacts() {
    writers.defaultReturnValue(NOBODY);
    places.defaultReturnValue(NOBODY);
  }

  // ---- gathering

  void appended(long value, int transaction) {
    writers.put(value, transaction);
  }

  void read(Reading reading) {
    if (longestReading < 0 || reading.list().length > order.length) {
      order = reading.list();
      longestReading = readings.size();
    }
    readings.add(reading);
  }

  /** To be called when all is gathered. */
  void settle(List<Transaction> transactions) {
    agreed = order.length;
    for (int place = 0; place < order.length; place++) {
      if (places.putIfAbsent(order[place], place) != NOBODY) {
        agreed = Math.min(agreed, place);
      }
    }
    for (Reading each : readings) {
      int apart = apart(each.list());
      agreed = apart < 0 ? agreed : Math.min(agreed, apart);
    }
    usableWriters(transactions);
  }

  /** By place: the nearest transaction that may have happened, before or after. */
  private void usableWriters(List<Transaction> transactions) {
    writerUpTo = new int[agreed];
    writerFrom = new int[agreed];
    int last = NOBODY;
    for (int place = 0; place < agreed; place++) {
      int writer = writers.get(order[place]);
      boolean usable = writer != NOBODY && !transactions.get(writer).aborted();
      last = usable ? writer : last;
      writerUpTo[place] = last;
      writerFrom[place] = usable ? writer : NOBODY;
    }
    for (int place = agreed - 2; place >= 0; place--) {
      writerFrom[place] = writerFrom[place] == NOBODY ? writerFrom[place + 1] : writerFrom[place];
    }
  }

  // ---- asking

  List<Reading> readings() {
    return readings;
  }

  /** The longest list read; empty if nothing was. */
  long[] order() {
    return order;
  }

  /** The first reading of the longest list; there is one. */
  Reading longestReading() {
    return readings.get(longestReading);
  }

  /** How many values, from the first on, all reads agree about. */
  int agreed() {
    return agreed;
  }

  /** True if all reads fit together. */
  boolean whole() {
    return agreed == order.length;
  }

  /** The first place at which a list differs from the longest one, −1 if it is a part of it. */
  int apart(long[] list) {
    return Arrays.mismatch(list, 0, list.length, order, 0, list.length);
  }

  /** Who appended a value, {@link #NOBODY} if nobody did. */
  int writer(long value) {
    return writers.get(value);
  }

  /** Where a value stands in the longest list, −1 if it does not. */
  int place(long value) {
    return places.get(value);
  }

  /** Whose value is the last of the first {@code length}, as far as is agreed. */
  int writerOfVersion(int length) {
    int last = Math.min(length, agreed) - 1;
    return last < 0 ? NOBODY : writerUpTo[last];
  }

  /** Whose value follows the first {@code length}, {@link #NOBODY} if that is not known. */
  int writerAfter(int length) {
    return length < agreed ? writerFrom[length] : NOBODY;
  }
}
