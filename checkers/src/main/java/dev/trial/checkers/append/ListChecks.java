package dev.trial.checkers.append;

import dev.trial.checkers.append.MicroOp.Append;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Arrays;
import java.util.List;

/** What can be wrong with one list by itself. */
final class ListChecks {
  private final AppendHistory history;
  private final Findings findings;
  private final int key;
  private final ListFacts list;
  private final LongOpenHashSet reported = new LongOpenHashSet();

  ListChecks(AppendHistory history, Findings findings, int key, ListFacts list) {
    this.history = history;
    this.findings = findings;
    this.key = key;
    this.list = list;
  }

  void check() {
    if (list.readings().isEmpty()) {
      return;
    }
    values(list.longestReading());
    incompatible();
    for (Reading each : list.readings()) {
      if (list.apart(each.list()) >= 0) {
        values(each);
      }
      intermediate(each);
    }
    dirtyUpdates();
    lostUpdates();
  }

  // ---- values

  /** Each value of a list was appended by a transaction that happened, and stands there once. */
  private void values(Reading reading) {
    LongOpenHashSet met = new LongOpenHashSet(reading.list().length);
    for (int place = 0; place < reading.list().length; place++) {
      long value = reading.list()[place];
      int writer = list.writer(value);
      if (!met.add(value)) {
        twice(reading, value);
      } else if (writer == ListFacts.NOBODY && reported.add(value)) {
        findings.add(
            "phantom",
            "read uncommitted",
            List.of(reading.transaction()),
            seen(reading) + "; nobody appended " + value + ".");
      } else if (writer != ListFacts.NOBODY && aborted(writer) && reported.add(value)) {
        aborted(firstWith(reading, place), value, writer);
      }
    }
  }

  private void twice(Reading reading, long value) {
    findings.add(
        "duplicate-elements",
        "read uncommitted",
        List.of(reading.transaction()),
        seen(reading) + ": " + value + " was appended once and stands there twice.");
  }

  private void aborted(Reading reading, long value, int writer) {
    findings.add(
        "G1a",
        "read committed",
        List.of(reading.transaction(), writer),
        seen(reading)
            + "; "
            + findings.name(writer)
            + ", which appended "
            + value
            + ", was aborted.");
  }

  /** The first reading that has as many values and is a part of this one. */
  private Reading firstWith(Reading reading, int place) {
    for (Reading each : list.readings()) {
      int length = each.list().length;
      if (length > place
          && Arrays.equals(each.list(), 0, place + 1, reading.list(), 0, place + 1)) {
        return each;
      }
    }
    return reading;
  }

  private boolean aborted(int transaction) {
    return history.transactions().get(transaction).aborted();
  }

  private String seen(Reading reading) {
    return findings.name(reading.transaction())
        + " read "
        + findings.key(key)
        + " as "
        + Findings.list(reading.list());
  }

  // ---- order

  /** Of two reads of a list one must be the beginning of the other. */
  private void incompatible() {
    Reading longest = list.longestReading();
    for (Reading each : list.readings()) {
      int place = list.apart(each.list());
      if (place >= 0) {
        findings.add(
            "incompatible-order",
            "read uncommitted",
            List.of(each.transaction(), longest.transaction()),
            findings.name(each.transaction())
                + " read "
                + findings.key(key)
                + " with "
                + each.list()[place]
                + " at place "
                + place
                + ", "
                + findings.name(longest.transaction())
                + " with "
                + longest.list()[place]
                + ": neither list is the beginning of the other.");
        return;
      }
    }
  }

  /** A list must not be seen between two appends of one transaction. */
  private void intermediate(Reading reading) {
    int foreign = reading.foreign();
    if (!reading.consistent() || foreign == 0) {
      return;
    }
    long last = reading.list()[foreign - 1];
    int writer = list.writer(last);
    if (writer == ListFacts.NOBODY || writer == reading.transaction()) {
      return;
    }
    long later = lastAppend(writer);
    if (later != last) {
      findings.add(
          "G1b",
          "read committed",
          List.of(reading.transaction(), writer),
          seen(reading)
              + ", which ends with "
              + last
              + " of "
              + findings.name(writer)
              + "; in the same transaction that one appended "
              + later
              + " as well.");
    }
  }

  private long lastAppend(int transaction) {
    List<MicroOp> ops = history.transactions().get(transaction).ops();
    for (int i = ops.size() - 1; i >= 0; i--) {
      if (ops.get(i) instanceof Append append && append.key() == key) {
        return append.value();
      }
    }
    throw new IllegalStateException("T" + transaction + " appended nothing to " + key);
  }

  // ---- updates

  /** What an aborted transaction wrote must not be built upon. */
  private void dirtyUpdates() {
    long[] order = list.order();
    int lastAborted = -1;
    for (int place = 0; place < list.agreed(); place++) {
      int writer = list.writer(order[place]);
      if (writer == ListFacts.NOBODY) {
        continue;
      }
      if (aborted(writer)) {
        lastAborted = place;
      } else if (lastAborted >= 0) {
        dirtyUpdate(list.writer(order[lastAborted]), order[lastAborted], writer, order[place]);
        lastAborted = -1;
      }
    }
  }

  private void dirtyUpdate(int aborted, long value, int writer, long after) {
    findings.add(
        "dirty-update",
        "read uncommitted",
        List.of(aborted, writer),
        findings.name(aborted)
            + " appended "
            + value
            + " to "
            + findings.key(key)
            + " and was aborted, but "
            + findings.name(writer)
            + " appended "
            + after
            + " behind it, and that was kept.");
  }

  /** Two transactions read the same version and both append: one of them did not see the other. */
  private void lostUpdates() {
    Int2IntOpenHashMap firstByVersion = new Int2IntOpenHashMap();
    firstByVersion.defaultReturnValue(ListFacts.NOBODY);
    for (Reading each : list.readings()) {
      int length = each.list().length;
      if (!each.consistent() || each.own() > 0 || length > list.agreed() || !appends(each)) {
        continue;
      }
      int first = firstByVersion.putIfAbsent(length, each.transaction());
      if (first != ListFacts.NOBODY && first != each.transaction()) {
        findings.add(
            "lost-update",
            "snapshot isolation",
            List.of(first, each.transaction()),
            findings.name(first)
                + " and "
                + findings.name(each.transaction())
                + " both read "
                + findings.key(key)
                + " as "
                + Findings.list(each.list())
                + " and then appended to it, "
                + lastAppend(first)
                + " and "
                + lastAppend(each.transaction())
                + ": whichever came second had not seen the other.");
      }
    }
  }

  private boolean appends(Reading reading) {
    for (MicroOp op : history.transactions().get(reading.transaction()).ops()) {
      if (op instanceof Append append && append.key() == key) {
        return true;
      }
    }
    return false;
  }
}
