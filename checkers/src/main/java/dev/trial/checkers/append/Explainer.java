package dev.trial.checkers.append;

import dev.trial.checkers.append.MicroOp.Append;
import dev.trial.checkers.append.MicroOp.Read;
import dev.trial.checkers.graph.Cycle;
import dev.trial.checkers.graph.Dependency;
import java.util.ArrayList;
import java.util.List;

/** Says in a sentence each why the transactions of a cycle stand before one another. */
final class Explainer {
  private final AppendHistory history;
  private final List<ListFacts> lists;
  private final Findings findings;

  Explainer(AppendHistory history, List<ListFacts> lists, Findings findings) {
    this.history = history;
    this.lists = lists;
    this.findings = findings;
  }

  List<String> sentences(Cycle cycle) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < cycle.edges().size(); i++) {
      int from = cycle.vertices().get(i);
      int to = cycle.after(i);
      String order = findings.name(from) + " before " + findings.name(to);
      sentences.add(because(from, to, cycle.edges().get(i)) + ": " + order + ".");
    }
    return sentences;
  }

  private String because(int from, int to, Dependency kind) {
    return switch (kind) {
      case WW -> wrote(from, to);
      case WR -> told(from, to);
      case RW -> missed(from, to);
      case PROCESS ->
          "process "
              + transaction(from).process()
              + " ran "
              + findings.name(from)
              + ", then "
              + findings.name(to);
      case REALTIME ->
          findings.name(from)
              + " was over (operation "
              + transaction(from).completed()
              + ") before "
              + findings.name(to)
              + " began (operation "
              + transaction(to).invoked()
              + ")";
    };
  }

  private Transaction transaction(int number) {
    return history.transactions().get(number);
  }

  private String wrote(int from, int to) {
    for (MicroOp op : transaction(to).ops()) {
      if (op instanceof Append append) {
        ListFacts list = lists.get(append.key());
        int place = list.place(append.value());
        int length = place < 0 ? list.agreed() : place;
        boolean known = place >= 0 && place < list.agreed() || place < 0 && list.whole();
        if (known && list.writerOfVersion(length) == from) {
          return findings.name(to)
              + " appended "
              + append.value()
              + " to "
              + findings.key(append.key())
              + " after "
              + lastOf(list, length, from)
              + " of "
              + findings.name(from);
        }
      }
    }
    throw new IllegalStateException("no list shows " + from + " before " + to);
  }

  /** The last value of a transaction among the first ones of a list. */
  private static long lastOf(ListFacts list, int length, int writer) {
    for (int place = length - 1; place >= 0; place--) {
      if (list.writer(list.order()[place]) == writer) {
        return list.order()[place];
      }
    }
    throw new IllegalStateException("transaction " + writer + " has no value in the list");
  }

  private String told(int from, int to) {
    Read read = readWhere(to, (list, reading) -> list.writerOfVersion(reading) == from);
    return findings.name(to)
        + " read "
        + findings.key(read.key())
        + " as "
        + Findings.list(read.list())
        + ", with "
        + lastOf(lists.get(read.key()), foreign(to, read), from)
        + " that "
        + findings.name(from)
        + " had appended";
  }

  private String missed(int from, int to) {
    for (MicroOp op : transaction(to).ops()) {
      if (op instanceof Append append) {
        ListFacts list = lists.get(append.key());
        int place = list.place(append.value());
        Read read =
            readWhereOrNull(
                from,
                append.key(),
                length ->
                    place >= 0
                        ? place < list.agreed() && place >= length && list.writerAfter(length) == to
                        : list.whole() && length == list.agreed());
        if (read != null) {
          return findings.name(from)
              + " read "
              + findings.key(read.key())
              + " as "
              + Findings.list(read.list())
              + ", without "
              + append.value()
              + " that "
              + findings.name(to)
              + " appended";
        }
      }
    }
    throw new IllegalStateException("no list shows that " + from + " missed " + to);
  }

  private interface Version {
    boolean fits(ListFacts list, int length);
  }

  private interface Length {
    boolean fits(int length);
  }

  private Read readWhere(int transaction, Version version) {
    for (MicroOp op : transaction(transaction).ops()) {
      if (op instanceof Read read && read.list() != null) {
        Reading reading = reading(transaction, read);
        if (reading.consistent() && version.fits(lists.get(read.key()), reading.foreign())) {
          return read;
        }
      }
    }
    throw new IllegalStateException("transaction " + transaction + " read no such list");
  }

  private Read readWhereOrNull(int transaction, int key, Length length) {
    for (MicroOp op : transaction(transaction).ops()) {
      if (op instanceof Read read && read.key() == key && read.list() != null) {
        Reading reading = reading(transaction, read);
        if (reading.consistent() && length.fits(reading.foreign())) {
          return read;
        }
      }
    }
    return null;
  }

  private int foreign(int transaction, Read read) {
    return reading(transaction, read).foreign();
  }

  private Reading reading(int transaction, Read read) {
    for (Reading each : lists.get(read.key()).readings()) {
      if (each.transaction() == transaction && each.list() == read.list()) {
        return each;
      }
    }
    throw new IllegalStateException("the read is not known: " + read);
  }
}
