package dev.trial.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.checkers.append.AppendAnomaly;
import dev.trial.checkers.append.AppendHistory;
import dev.trial.checkers.append.AppendVerdict;
import dev.trial.checkers.append.ListAppend;
import dev.trial.checkers.append.RwRegister;
import dev.trial.checkers.foreign.AppendLog;
import dev.trial.checkers.foreign.Format;
import dev.trial.core.verdict.Cause;
import java.io.BufferedReader;
import java.io.IOException;

/**
 * A history of transactions on lists or registers, as Jepsen writes it, judged for strict
 * serializability.
 */
final class AppendCheck {
  private static final int SHOWN_PER_KIND = 3;

  private final HistoryFile file;
  private final Format format;

  AppendCheck(HistoryFile file, Format format) {
    this.file = file;
    this.format = format;
  }

  /** Judges and prints; the exit code. */
  int check(boolean json) {
    AppendHistory history = read();
    AppendVerdict verdict = registers() ? RwRegister.check(history) : ListAppend.check(history);
    if (json) {
      System.out.println(json(history, verdict));
    } else {
      print(history, verdict);
    }
    if (!verdict.anomalies().isEmpty()) {
      return ExitCode.FINDING;
    }
    return verdict.complete() ? ExitCode.AS_EXPECTED : ExitCode.UNKNOWN;
  }

  private boolean registers() {
    return format == Format.RW_REGISTER;
  }

  private AppendHistory read() {
    try (BufferedReader in = file.text()) {
      return registers() ? AppendLog.readRegisters(in) : AppendLog.read(in);
    } catch (IOException e) {
      throw file.refused(e);
    }
  }

  private static String word(AppendVerdict verdict) {
    if (!verdict.anomalies().isEmpty()) {
      return "invalid";
    }
    return verdict.complete() ? "valid" : "unknown";
  }

  private static ObjectNode json(AppendHistory history, AppendVerdict verdict) {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("version", VerdictPrinter.VERSION);
    node.put("verdict", word(verdict)).put("operations", history.transactions().size());
    ObjectNode counts = node.putObject("anomalies");
    verdict.counts().forEach(counts::put);
    ArrayNode details = node.putArray("details");
    verdict.anomalies().forEach(each -> details.add(detail(each)));
    return node;
  }

  private static ObjectNode detail(AppendAnomaly anomaly) {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("anomaly", anomaly.kind());
    node.put("model", anomaly.model());
    node.put("cause", Cause.UNEXPLAINED.id());
    node.put("sentence", String.join(" ", anomaly.sentences()));
    ArrayNode operations = node.putArray("operations");
    anomaly.operations().forEach(operations::add);
    return node;
  }

  private static void print(AppendHistory history, AppendVerdict verdict) {
    System.out.println(
        word(verdict)
            + ": "
            + history.transactions().size()
            + " transactions, "
            + verdict.edges()
            + " dependencies");
    if (!verdict.complete()) {
      System.out.println("  the search for cycles ended at its budget: there may be more");
    }
    verdict.counts().forEach((kind, count) -> print(kind, count, verdict));
  }

  private static void print(String kind, int count, AppendVerdict verdict) {
    System.out.println(kind + ": " + count);
    verdict.anomalies().stream()
        .filter(each -> each.kind().equals(kind))
        .limit(SHOWN_PER_KIND)
        .forEach(AppendCheck::print);
  }

  private static void print(AppendAnomaly anomaly) {
    anomaly.sentences().forEach(each -> System.out.println("  " + each));
    System.out.println(
        "    no " + anomaly.model() + " store does this; operations " + anomaly.operations());
  }
}
