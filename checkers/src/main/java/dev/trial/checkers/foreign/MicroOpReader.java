package dev.trial.checkers.foreign;

import dev.trial.checkers.append.MicroOp;
import dev.trial.checkers.append.MicroOp.Append;
import dev.trial.checkers.append.MicroOp.Read;
import dev.trial.core.history.HistoryFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code [[:append 1 2] [:r 3 [4 5]]]}, or of registers {@code [[:w 1 2] [:r 3 4]]}, and
 * numbers the keys in order of appearance.
 */
final class MicroOpReader {
  private static final Keyword APPEND = new Keyword("append");
  private static final Keyword WRITE = new Keyword("w");
  private static final Keyword READ = new Keyword("r");
  private static final int LENGTH = 3;
  private static final long[] EMPTY = {};

  private final Map<Object, Integer> numbers = new HashMap<>();
  private final List<String> keys = new ArrayList<>();
  private final boolean registers;

  MicroOpReader(boolean registers) {
    this.registers = registers;
  }

  /** The names of the keys by number. */
  List<String> keys() {
    return keys;
  }

  /** A transaction as it was asked for: what it read is not known. */
  List<MicroOp> asked(EdnReader edn, Object value) throws HistoryFormatException {
    return read(edn, value, false);
  }

  /** A transaction as it was answered. */
  List<MicroOp> done(EdnReader edn, Object value) throws HistoryFormatException {
    return read(edn, value, true);
  }

  private List<MicroOp> read(EdnReader edn, Object value, boolean done)
      throws HistoryFormatException {
    if (!(value instanceof List<?> steps)) {
      String form = registers ? "[[:w k v] [:r k v]]" : "[[:append k v] [:r k [v …]]]";
      throw edn.wrong("the :value of a :txn is a vector of steps, " + form);
    }
    List<MicroOp> ops = new ArrayList<>(steps.size());
    for (Object step : steps) {
      ops.add(op(edn, step, done));
    }
    return ops;
  }

  private MicroOp op(EdnReader edn, Object step, boolean done) throws HistoryFormatException {
    if (!(step instanceof List<?> parts) || parts.size() != LENGTH) {
      String form =
          registers ? "[:w key value] or [:r key value]" : "[:append key value] or [:r key list]";
      throw edn.wrong("a step is " + form + ", not " + step);
    }
    int key = key(parts.get(1));
    Object value = parts.get(2);
    Keyword writes = registers ? WRITE : APPEND;
    if (writes.equals(parts.get(0))) {
      return new Append(key, whole(edn, value));
    }
    if (READ.equals(parts.get(0))) {
      return new Read(key, done ? seen(edn, value) : null);
    }
    throw edn.wrong("unknown step " + parts.get(0) + "; it is :" + writes.name() + " or :r");
  }

  private int key(Object key) {
    Integer known = numbers.putIfAbsent(key, keys.size());
    if (known != null) {
      return known;
    }
    keys.add(key instanceof Keyword word ? word.name() : String.valueOf(key));
    return keys.size() - 1;
  }

  private long[] seen(EdnReader edn, Object value) throws HistoryFormatException {
    if (!registers) {
      return list(edn, value);
    }
    return value == null ? EMPTY : new long[] {whole(edn, value)};
  }

  private static long[] list(EdnReader edn, Object value) throws HistoryFormatException {
    if (value == null) {
      return EMPTY;
    }
    if (!(value instanceof List<?> values)) {
      throw edn.wrong("what :r read is a vector or nil, not " + value);
    }
    long[] list = new long[values.size()];
    for (int i = 0; i < list.length; i++) {
      list[i] = whole(edn, values.get(i));
    }
    return list;
  }

  private static long whole(EdnReader edn, Object value) throws HistoryFormatException {
    if (value instanceof Long number) {
      return number;
    }
    throw edn.wrong("values are whole numbers, not " + value);
  }
}
