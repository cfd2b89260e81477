package dev.trial.checkers.foreign;

import dev.trial.checkers.linear.Interval;
import dev.trial.checkers.linear.RegisterModel.CompareAndSet;
import dev.trial.checkers.linear.RegisterModel.Operation;
import dev.trial.checkers.linear.RegisterModel.Outcome;
import dev.trial.checkers.linear.RegisterModel.Read;
import dev.trial.checkers.linear.RegisterModel.Write;
import dev.trial.core.history.HistoryFormatException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jepsen's log of a compare-and-set register, as its etcd test prints it: {@code INFO jepsen.util -
 * 3<TAB>:invoke<TAB>:cas<TAB>[1 2]}. Lines of others are passed over; one of these that is not
 * whole is refused: half a number would be taken for another one.
 */
public final class RegisterLog {
  private static final Pattern LINE =
      Pattern.compile("INFO\\s+jepsen\\.util - (\\d+)\\s+:(\\w+)\\s+:(\\w+)\\s+(.+)");
  private static final String MARK = "jepsen.util - ";
  private static final Keyword TIMED_OUT = new Keyword("timed-out");

  private RegisterLog() {}

  /**
   * A call as it was made.
   *
   * @param expected null but for a comparison
   * @param wanted null for a read
   */
  private record Call(String f, Long expected, Long wanted) {}

  /** True if a line looks like one of these logs. */
  public static boolean recognises(String line) {
    return line.contains(MARK);
  }

  /** Reads a whole log; malformed lines raise HistoryFormatException. */
  public static List<Interval<Operation>> read(BufferedReader in) throws IOException {
    Spans<Call, Operation> spans = new Spans<>();
    long number = 0;
    Lines lines = new Lines(in);
    for (String line = lines.next(); line != null; line = lines.next()) {
      number++;
      Matcher matcher = LINE.matcher(line);
      boolean ours = recognises(line);
      if (!lines.whole() && (ours || MARK.startsWith(line))) {
        throw wrong(number, "the file ends inside this line: it was cut");
      }
      if (matcher.matches()) {
        add(spans, matcher, number);
      } else if (ours) {
        throw wrong(
            number,
            "the line is damaged: '"
                + MARK
                + "' is followed by process, :type, :function and value");
      }
    }
    return spans.done(call -> call.f().equals("read") ? null : done(call, Outcome.UNKNOWN));
  }

  private static void add(Spans<Call, Operation> spans, Matcher line, long number)
      throws HistoryFormatException {
    int process = (int) whole(line.group(1), number);
    EdnReader edn = new EdnReader(line.group(4), number);
    Object value = edn.next();
    if (!edn.atEnd()) {
      throw wrong(number, "the line is damaged: there is more than one value");
    }
    switch (line.group(2)) {
      case "invoke" -> spans.call(process, call(line.group(3), value, number), number);
      case "ok" ->
          spans.answer(process, number, call -> ok(asked(call, line, number), value, number));
      case "fail" ->
          spans.answer(process, number, call -> failed(asked(call, line, number), value));
      case "info" -> {
        // It may take effect at any later time: the call stays open to the end.
      }
      default -> throw wrong(number, "unknown type :" + line.group(2));
    }
  }

  private static Call call(String f, Object value, long line) throws HistoryFormatException {
    return switch (f) {
      case "read" -> new Call(f, null, null);
      case "write" -> new Call(f, null, register(value, line));
      case "cas" -> {
        if (value instanceof List<?> both && both.size() == 2) {
          yield new Call(f, register(both.get(0), line), register(both.get(1), line));
        }
        throw wrong(line, "a cas has two values, [expected wanted]");
      }
      default -> throw wrong(line, "unknown function :" + f + "; it is :read, :write or :cas");
    };
  }

  /** The call, if the line answers that one. */
  private static Call asked(Call call, Matcher line, long number) throws HistoryFormatException {
    if (!call.f().equals(line.group(3))) {
      throw wrong(
          number, "the line answers a :" + line.group(3) + ", and :" + call.f() + " was called");
    }
    return call;
  }

  private static Operation ok(Call call, Object value, long line) throws HistoryFormatException {
    if (call.f().equals("read")) {
      return new Read(register(value, line));
    }
    if (!call(call.f(), value, line).equals(call)) {
      throw wrong(line, "the line answers a :" + call.f() + " of other values than were called");
    }
    return done(call, Outcome.CHANGED);
  }

  private static Operation done(Call call, Outcome outcome) {
    return call.f().equals("write")
        ? new Write(call.wanted())
        : new CompareAndSet(call.expected(), call.wanted(), outcome);
  }

  /** A failed comparison says that the value differed; a failed read or write says nothing. */
  private static Operation failed(Call call, Object value) {
    boolean compared = call.f().equals("cas") && !TIMED_OUT.equals(value);
    return compared ? done(call, Outcome.DIFFERED) : null;
  }

  private static Long register(Object value, long line) throws HistoryFormatException {
    if (value == null || value instanceof Long) {
      return (Long) value;
    }
    throw wrong(line, "'" + value + "' is not a whole number");
  }

  private static long whole(String digits, long line) throws HistoryFormatException {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw wrong(line, "process " + digits + " is too large a number");
    }
  }

  private static HistoryFormatException wrong(long line, String problem) {
    return new HistoryFormatException(line, 1, problem, null);
  }
}
