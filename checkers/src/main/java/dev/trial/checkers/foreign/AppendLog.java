package dev.trial.checkers.foreign;

import dev.trial.checkers.append.AppendHistory;
import dev.trial.core.history.HistoryFormatException;
import dev.trial.core.history.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;

/**
 * Jepsen's histories of list-append transactions: on each line one operation, such as {@code {:type
 * :ok, :f :txn, :value [[:append 1 2] [:r 3 [4 5]]], :process 0, :index 7}}; and those of
 * registers, where steps are {@code [:w 1 2]} and {@code [:r 3 4]}. What is no {@code :txn} of a
 * numbered process (the nemesis, say) is passed over. Without {@code :index} operations are
 * counted; where a completion has no invocation, when it began is not known.
 */
public final class AppendLog {
  private static final Keyword TYPE = new Keyword("type");
  private static final Keyword PROCESS = new Keyword("process");
  private static final Keyword F = new Keyword("f");
  private static final Keyword VALUE = new Keyword("value");
  private static final Keyword INDEX = new Keyword("index");
  private static final Keyword TXN = new Keyword("txn");

  private final AppendTransactions transactions = new AppendTransactions();
  private final MicroOpReader ops;
  private long count;
  private long lastIndex = -1;

  private AppendLog(boolean registers) {
    ops = new MicroOpReader(registers);
  }

  /** True if a line looks like one of these histories. */
  public static boolean recognises(String line) {
    boolean transaction = line.contains(":txn");
    return transaction && (line.contains("[:append ") || line.contains("[:r "));
  }

  /** True if a line looks like one of registers. */
  public static boolean recognisesRegisters(String line) {
    return line.contains(":txn") && line.contains("[:w ");
  }

  /** Reads a whole history of lists; malformed lines raise HistoryFormatException. */
  public static AppendHistory read(BufferedReader in) throws IOException {
    return new AppendLog(false).readAll(in);
  }

  /** Reads a whole history of registers; malformed lines raise HistoryFormatException. */
  public static AppendHistory readRegisters(BufferedReader in) throws IOException {
    return new AppendLog(true).readAll(in);
  }

  private AppendHistory readAll(BufferedReader in) throws IOException {
    long number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      EdnReader edn = new EdnReader(line, ++number);
      if (!edn.atEnd()) {
        add(edn, number);
      }
    }
    if (transactions.isEmpty()) {
      throw new HistoryFormatException(
          Math.max(1, number), 1, "there is no operation with :f :txn in the whole file", null);
    }
    return new AppendHistory(transactions.all(), ops.keys());
  }

  private void add(EdnReader edn, long line) throws HistoryFormatException {
    if (!(edn.next() instanceof Map<?, ?> fields)) {
      throw edn.wrong("a line is a map, {:type …, :f :txn, …}");
    }
    long index = index(edn, fields);
    if (!TXN.equals(fields.get(F)) || !(fields.get(PROCESS) instanceof Long process)) {
      return;
    }
    if (!(fields.get(TYPE) instanceof Keyword type)) {
      throw edn.wrong("there is no keyword :type");
    }
    Object value = fields.get(VALUE);
    switch (type.name()) {
      case "invoke" -> transactions.invoke(process, index, line, ops.asked(edn, value));
      case "ok" -> transactions.complete(process, index, line, Stage.OK, ops.done(edn, value));
      case "fail" -> ended(edn, process, index, line, Stage.FAIL, value);
      case "info" -> ended(edn, process, index, line, Stage.INFO, value);
      default -> throw edn.wrong("unknown :type " + type + "; it is :invoke, :ok, :fail or :info");
    }
  }

  /** What was asked is known of the invocation; the completion may leave it out. */
  private void ended(EdnReader edn, long process, long index, long line, Stage stage, Object value)
      throws HistoryFormatException {
    boolean asked = transactions.open(process);
    transactions.complete(process, index, line, stage, asked ? null : ops.asked(edn, value));
  }

  private long index(EdnReader edn, Map<?, ?> fields) throws HistoryFormatException {
    long index = fields.get(INDEX) instanceof Long given ? given : count;
    count++;
    if (index <= lastIndex) {
      throw edn.wrong(":index " + index + " does not follow " + lastIndex);
    }
    lastIndex = index;
    return index;
  }
}
