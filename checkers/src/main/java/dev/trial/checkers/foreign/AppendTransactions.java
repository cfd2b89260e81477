package dev.trial.checkers.foreign;

import dev.trial.checkers.append.MicroOp;
import dev.trial.checkers.append.MicroOp.Append;
import dev.trial.checkers.append.Transaction;
import dev.trial.core.history.HistoryFormatException;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pairs invocations of transactions with their completions. */
final class AppendTransactions {
  private static final long ALWAYS = Long.MIN_VALUE;
  private static final long NEVER = Long.MAX_VALUE;

  private final List<Transaction> all = new ArrayList<>();
  private final Map<Long, Place> open = new HashMap<>();
  private final Map<Append, Long> lineOfAppend = new HashMap<>();

  /** Where an invocation is: its number among the transactions, and its line. */
  private record Place(int number, long line) {}

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** In order of invocation; those without a completion may still happen. */
  List<Transaction> all() {
    return all;
  }

  /** True if the process waits for an answer. */
  boolean open(long process) {
    return open.containsKey(process);
  }

  void invoke(long process, long index, long line, List<MicroOp> ops)
      throws HistoryFormatException {
    Place before = open.put(process, new Place(all.size(), line));
    if (before != null) {
      throw wrong(
          line,
          "process "
              + process
              + " begins a transaction, but its one of line "
              + before.line()
              + " is not over");
    }
    once(ops, line);
    all.add(new Transaction((int) process, Stage.INFO, index, NEVER, index, ops));
  }

  /** {@code ops} may be null where there was an invocation: they are as they were asked for. */
  void complete(long process, long index, long line, Stage stage, List<MicroOp> ops)
      throws HistoryFormatException {
    long completed = stage == Stage.INFO ? NEVER : index;
    Place place = open.remove(process);
    if (place == null) {
      once(ops, line);
      all.add(new Transaction((int) process, stage, ALWAYS, completed, index, ops));
      return;
    }
    Transaction asked = all.get(place.number());
    if (ops != null && !same(asked.ops(), ops)) {
      throw wrong(line, "the transaction is not the one that line " + place.line() + " asked for");
    }
    all.set(
        place.number(),
        new Transaction(
            asked.process(),
            stage,
            asked.invoked(),
            completed,
            index,
            ops == null ? asked.ops() : ops));
  }

  private static boolean same(List<MicroOp> asked, List<MicroOp> done) {
    if (asked.size() != done.size()) {
      return false;
    }
    for (int i = 0; i < asked.size(); i++) {
      MicroOp one = asked.get(i);
      MicroOp other = done.get(i);
      boolean appends = one instanceof Append || other instanceof Append;
      if (one.key() != other.key() || appends && !one.equals(other)) {
        return false;
      }
    }
    return true;
  }

  /** Without unique values nobody can tell whose value was read. */
  private void once(List<MicroOp> ops, long line) throws HistoryFormatException {
    for (MicroOp op : ops) {
      Long before = op instanceof Append append ? lineOfAppend.put(append, line) : null;
      if (before != null) {
        throw wrong(
            line,
            "this value is written to the same key in line "
                + before
                + " already; each must be written once");
      }
    }
  }

  private static HistoryFormatException wrong(long line, String problem) {
    return new HistoryFormatException(line, 1, problem, null);
  }
}
