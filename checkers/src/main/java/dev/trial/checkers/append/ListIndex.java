package dev.trial.checkers.append;

import dev.trial.checkers.append.MicroOp.Append;
import dev.trial.checkers.append.MicroOp.Read;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Goes through every transaction once: tells the lists what was done to them, and reports
 * transactions that contradict themselves.
 */
final class ListIndex {
  private static final long[] NOTHING = {};

  private final AppendHistory history;
  private final Findings findings;
  private final List<ListFacts> lists = new ArrayList<>();

  ListIndex(AppendHistory history, Findings findings) {
    this.history = history;
    this.findings = findings;
  }

  /** The lists by key. */
  List<ListFacts> read() {
    history.keys().forEach(key -> lists.add(new ListFacts()));
    List<Transaction> transactions = history.transactions();
    for (int number = 0; number < transactions.size(); number++) {
      transaction(number, transactions.get(number));
    }
    lists.forEach(each -> each.settle(transactions));
    return lists;
  }

  private void transaction(int number, Transaction transaction) {
    List<MicroOp> ops = transaction.ops();
    for (int at = 0; at < ops.size(); at++) {
      MicroOp op = ops.get(at);
      if (op instanceof Append append) {
        lists.get(append.key()).appended(append.value(), number);
      } else if (transaction.committed() && op instanceof Read read && read.list() != null) {
        reading(number, ops, at, read);
      }
    }
  }

  private void reading(int number, List<MicroOp> ops, int at, Read read) {
    long[] own = ownBefore(ops, at, read.key());
    Read before = readBefore(ops, at, read.key());
    long[] since = before == null ? own : ownSince(ops, before, own);
    boolean consistent =
        before == null
            ? endsWith(read.list(), own)
            : read.list().length == before.list().length + since.length
                && startsWith(read.list(), before.list())
                && endsWith(read.list(), since);
    boolean future = readsItsFuture(ops, at, read);
    boolean usable = endsWith(read.list(), own) && !future;
    if (!consistent) {
      contradiction(number, read, before, since);
    } else if (future) {
      future(number, read);
    }
    int length = Math.min(own.length, read.list().length);
    lists.get(read.key()).read(new Reading(number, read.list(), length, usable));
  }

  /** What the transaction had appended to the list before it read. */
  private static long[] ownBefore(List<MicroOp> ops, int at, int key) {
    long[] own = NOTHING;
    for (int i = 0; i < at; i++) {
      if (ops.get(i) instanceof Append append && append.key() == key) {
        own = Arrays.copyOf(own, own.length + 1);
        own[own.length - 1] = append.value();
      }
    }
    return own;
  }

  private static Read readBefore(List<MicroOp> ops, int at, int key) {
    for (int i = at - 1; i >= 0; i--) {
      if (ops.get(i) instanceof Read read && read.key() == key && read.list() != null) {
        return read;
      }
    }
    return null;
  }

  /** Of what it had appended, what came after it had read before. */
  private static long[] ownSince(List<MicroOp> ops, Read before, long[] own) {
    int seen = 0;
    for (MicroOp op : ops) {
      if (op == before) {
        break;
      }
      seen += op instanceof Append append && append.key() == before.key() ? 1 : 0;
    }
    return Arrays.copyOfRange(own, seen, own.length);
  }

  private static boolean readsItsFuture(List<MicroOp> ops, int at, Read read) {
    for (int i = at + 1; i < ops.size(); i++) {
      if (ops.get(i) instanceof Append append && append.key() == read.key()) {
        for (long value : read.list()) {
          if (value == append.value()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean startsWith(long[] list, long[] start) {
    return start.length <= list.length
        && Arrays.equals(list, 0, start.length, start, 0, start.length);
  }

  private static boolean endsWith(long[] list, long[] end) {
    return end.length <= list.length
        && Arrays.equals(list, list.length - end.length, list.length, end, 0, end.length);
  }

  private void contradiction(int number, Read read, Read before, long[] since) {
    String known =
        (before == null ? "" : " had read it as " + Findings.list(before.list()))
            + (before != null && since.length > 0 ? " and" : "")
            + (since.length == 0 ? "" : " had appended " + Findings.list(since));
    findings.add(
        "internal",
        "read atomic",
        List.of(number),
        findings.name(number)
            + " read "
            + findings.key(read.key())
            + " as "
            + Findings.list(read.list())
            + ", but"
            + known
            + " before, in the same transaction.");
  }

  private void future(int number, Read read) {
    findings.add(
        "internal",
        "read atomic",
        List.of(number),
        findings.name(number)
            + " read "
            + findings.key(read.key())
            + " as "
            + Findings.list(read.list())
            + ", with a value that it appended only after, in the same transaction.");
  }
}
