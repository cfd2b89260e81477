package dev.trial.checkers.foreign;

import dev.trial.checkers.linear.AppendModel.Operation;
import dev.trial.checkers.linear.AppendModel.What;
import dev.trial.checkers.linear.Interval;
import dev.trial.core.history.HistoryFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Key-value logs as Porcupine's examples have them: a line {@code {:process 0, :type :invoke, :f
 * :append, :key "0", :value "x"}} each.
 */
public final class KeyValueLog {
  private KeyValueLog() {}

  /** Reads a whole log; malformed lines raise HistoryFormatException. */
  public static List<Interval<Operation>> read(BufferedReader in) throws IOException {
    Spans<Operation, Operation> spans = new Spans<>();
    long number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      EdnReader edn = new EdnReader(line, ++number);
      if (!edn.atEnd()) {
        add(spans, edn, number);
      }
    }
    // What was read is not known where no answer came, and a read changes nothing.
    return spans.done(call -> call.what() == What.GET || call.value() == null ? null : call);
  }

  private static void add(Spans<Operation, Operation> spans, EdnReader edn, long line)
      throws HistoryFormatException {
    if (!(edn.next() instanceof Map<?, ?> fields)) {
      throw edn.wrong("a line is a map");
    }
    int process = (int) number(edn, fields, "process");
    String type = word(edn, fields, "type");
    What what = what(edn, word(edn, fields, "f"));
    String key = text(edn, fields, "key");
    if (key == null) {
      throw edn.wrong("there is no :key");
    }
    String value = text(edn, fields, "value");
    switch (type) {
      case "invoke" -> spans.call(process, new Operation(what, key, value), line);
      case "ok" ->
          spans.answer(
              process,
              line,
              call -> answered(edn, call, new Operation(what, key, told(edn, value))));
      default -> throw edn.wrong("unknown :type :" + type + "; it is :invoke or :ok");
    }
  }

  /** The answer, if it is one to the call: a get is told a value, others repeat theirs. */
  private static Operation answered(EdnReader edn, Operation call, Operation answer)
      throws HistoryFormatException {
    boolean same = call.what() == answer.what() && call.key().equals(answer.key());
    boolean told = call.what() == What.GET || answer.value().equals(call.value());
    if (!same || !told) {
      throw edn.wrong("the line answers something else than was called");
    }
    return answer;
  }

  private static String told(EdnReader edn, String value) throws HistoryFormatException {
    if (value == null) {
      throw edn.wrong("an answer has a :value");
    }
    return value;
  }

  private static What what(EdnReader edn, String f) throws HistoryFormatException {
    for (What each : What.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(f)) {
        return each;
      }
    }
    throw edn.wrong("unknown :f :" + f + "; it is :get, :put or :append");
  }

  private static long number(EdnReader edn, Map<?, ?> fields, String name)
      throws HistoryFormatException {
    if (fields.get(new Keyword(name)) instanceof Long number) {
      return number;
    }
    throw edn.wrong("there is no number :" + name);
  }

  private static String word(EdnReader edn, Map<?, ?> fields, String name)
      throws HistoryFormatException {
    if (fields.get(new Keyword(name)) instanceof Keyword word) {
      return word.name();
    }
    throw edn.wrong("there is no keyword :" + name);
  }

  private static String text(EdnReader edn, Map<?, ?> fields, String name)
      throws HistoryFormatException {
    Object value = fields.get(new Keyword(name));
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw edn.wrong(":" + name + " is not a string");
  }
}
