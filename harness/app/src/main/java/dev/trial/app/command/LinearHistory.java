package dev.trial.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.checkers.foreign.Format;
import dev.trial.checkers.foreign.KeyValueLog;
import dev.trial.checkers.foreign.RegisterLog;
import dev.trial.checkers.linear.AppendModel;
import dev.trial.checkers.linear.Interval;
import dev.trial.checkers.linear.Linearity;
import dev.trial.checkers.linear.Linearizability;
import dev.trial.checkers.linear.Model;
import dev.trial.checkers.linear.RegisterModel;
import dev.trial.core.verdict.Cause;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** A history of registers or strings, as other tools write it, judged for linearizability. */
final class LinearHistory {
  private static final String KIND = "not-linearizable";
  private static final int SHOWN = 3;
  private static final int STATE_SHOWN = 100;

  private final HistoryFile file;
  private final Format format;

  LinearHistory(HistoryFile file, Format format) {
    this.file = file;
    this.format = format;
  }

  /** Judges and prints; the exit code. */
  int check(boolean json) {
    try (BufferedReader in = file.text()) {
      return format == Format.REGISTER_LOG
          ? judge(new RegisterModel(), RegisterLog.read(in), json)
          : judge(new AppendModel(), KeyValueLog.read(in), json);
    } catch (IOException e) {
      throw file.refused(e);
    }
  }

  private <S, O> int judge(Model<S, O> model, List<Interval<O>> history, boolean json) {
    if (history.isEmpty()) {
      throw file.empty();
    }
    Linearity<O> found =
        Linearizability.check(model, history, Linearizability.DEFAULT_CONFIGURATIONS_MAX);
    if (json) {
      System.out.println(json(found, history.size()));
    } else {
      print(found, history.size());
    }
    return exit(found);
  }

  private static int exit(Linearity<?> found) {
    if (found instanceof Linearity.Violated) {
      return ExitCode.FINDING;
    }
    return found instanceof Linearity.Undecided ? ExitCode.UNKNOWN : ExitCode.AS_EXPECTED;
  }

  private static String verdict(Linearity<?> found) {
    if (found instanceof Linearity.Violated) {
      return "invalid";
    }
    return found instanceof Linearity.Undecided ? "unknown" : "valid";
  }

  private static ObjectNode json(Linearity<?> found, int operations) {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("version", VerdictPrinter.VERSION);
    node.put("verdict", verdict(found)).put("operations", operations);
    ObjectNode anomalies = node.putObject("anomalies");
    ArrayNode details = node.putArray("details");
    if (found instanceof Linearity.Violated<?> violated) {
      anomalies.put(KIND, 1);
      details.add(detail(violated));
    }
    return node;
  }

  /** Operations are known by their lines. */
  private static ObjectNode detail(Linearity.Violated<?> violated) {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("anomaly", KIND);
    node.put("partition", violated.partition().isEmpty() ? null : violated.partition());
    node.put("cause", Cause.UNEXPLAINED.id());
    node.put(
        "sentence",
        "After the longest possible order, of "
            + counted(violated.prefix().size())
            + ", it holds "
            + state(violated)
            + ", and this has no place then: "
            + line(violated.stuck())
            + ".");
    Interval<?> stuck = violated.stuck();
    ArrayNode operations = node.putArray("operations").add(stuck.call());
    if (!stuck.open()) {
      operations.add(stuck.answer());
    }
    return node;
  }

  private static <O> void print(Linearity<O> found, int operations) {
    System.out.println(verdict(found) + ": " + counted(operations));
    if (found instanceof Linearity.Undecided<O> undecided) {
      System.out.println(
          "  undecided"
              + object(undecided.partition())
              + " after "
              + undecided.configurations()
              + " configurations");
    } else if (found instanceof Linearity.Violated<O> violated) {
      explain(violated);
    }
  }

  private static <O> void explain(Linearity.Violated<O> violated) {
    System.out.println(KIND + object(violated.partition()) + ":");
    List<Interval<O>> prefix = violated.prefix();
    if (prefix.isEmpty()) {
      System.out.println("  no operation can come first, when it holds " + state(violated));
    } else {
      longest(prefix);
      System.out.println("  after which it holds " + state(violated));
    }
    System.out.println("  the next to be answered has no place then:");
    System.out.println("    " + line(violated.stuck()));
    List<Interval<O>> others = violated.underWay();
    System.out.println(
        others.isEmpty()
            ? "  and nothing else was under way that could have come between"
            : "  and none of these, which were under way, helps in any order:");
    others.stream().limit(SHOWN).forEach(each -> System.out.println("    " + line(each)));
    if (others.size() > SHOWN) {
      System.out.println("    … and " + (others.size() - SHOWN) + " more");
    }
  }

  /** The last operations of the longest order. */
  private static <O> void longest(List<Interval<O>> prefix) {
    System.out.println("  the longest possible order takes " + counted(prefix.size()));
    int left = Math.max(0, prefix.size() - SHOWN);
    if (left > 0) {
      System.out.println("    … " + left + " before");
    }
    prefix.stream().skip(left).forEach(each -> System.out.println("    " + line(each)));
  }

  private static String counted(int operations) {
    return operations + (operations == 1 ? " operation" : " operations");
  }

  private static String state(Linearity.Violated<?> violated) {
    String state = violated.state();
    if (state.isEmpty()) {
      return "nothing";
    }
    return state.length() <= STATE_SHOWN
        ? state
        : "… " + state.substring(state.length() - STATE_SHOWN);
  }

  private static String object(String partition) {
    return partition.isEmpty() ? "" : " (key " + partition + ")";
  }

  private static String line(Interval<?> interval) {
    String end = interval.open() ? "never answered" : "answered in line " + interval.answer();
    return "process "
        + interval.process()
        + ": "
        + interval.operation()
        + ", called in line "
        + interval.call()
        + ", "
        + end;
  }
}
