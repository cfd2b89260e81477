package dev.trial.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A verdict on standard output: for people, or as one JSON object. */
final class VerdictPrinter {
  private static final int SHOWN_PER_KIND = 3;
  private static final String ALLOWED = "allowed.";

  private final Verdict verdict;
  private final long operations;
  private final Set<String> chosen;

  /**
   * A printer.
   *
   * @param chosen ids of the checkers that were asked alone, empty if all were
   */
  VerdictPrinter(Verdict verdict, long operations, Set<String> chosen) {
    this.verdict = verdict;
    this.operations = operations;
    this.chosen = chosen;
  }

  /** Prints; returns the exit code. */
  int print(boolean json) {
    if (json) {
      System.out.println(json());
    } else {
      print();
    }
    return switch (verdict.validity()) {
      case VALID -> ExitCode.AS_EXPECTED;
      case INVALID -> ExitCode.FINDING;
      case UNKNOWN -> ExitCode.UNKNOWN;
      case ERROR -> ExitCode.HARNESS_ERROR;
    };
  }

  private ObjectNode json() {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("verdict", verdict.validity().id());
    node.put("operations", operations);
    if (!chosen.isEmpty()) {
      chosen.forEach(node.putArray("checkers")::add);
    }
    ObjectNode counts = node.putObject("anomalies");
    verdict.counts().forEach(counts::put);
    Map<String, Long> allowed = allowed();
    if (!allowed.isEmpty()) {
      ObjectNode fields = node.putObject("allowed");
      allowed.forEach(fields::put);
    }
    Map<String, List<String>> undecided = undecided();
    if (!undecided.isEmpty()) {
      ObjectNode reasons = node.putObject("unknown");
      undecided.forEach((reason, who) -> who.forEach(each -> reasons.put(each, reason)));
    }
    return node;
  }

  /** What was seen and is no error in a history of this kind. */
  private Map<String, Long> allowed() {
    Map<String, Long> allowed = new TreeMap<>();
    for (Finding each : verdict.findings()) {
      each.statistics()
          .forEach(
              (name, count) -> {
                if (name.startsWith(ALLOWED)) {
                  allowed.merge(name.substring(ALLOWED.length()), count, Long::sum);
                }
              });
    }
    return allowed;
  }

  private void print() {
    String alone = chosen.isEmpty() ? "" : ", judged by " + String.join(", ", chosen) + " alone";
    System.out.println(verdict.validity().id() + ": " + operations + " operations" + alone);
    verdict
        .counts()
        .forEach(
            (kind, count) -> {
              System.out.println(kind + ": " + count);
              verdict.anomalies().stream()
                  .filter(anomaly -> anomaly.kind().id().equals(kind))
                  .limit(SHOWN_PER_KIND)
                  .forEach(VerdictPrinter::print);
            });
    allowed().forEach((kind, count) -> System.out.println(kind + ": " + count + " (allowed)"));
    Map<String, List<String>> undecided = undecided();
    undecided.forEach((reason, who) -> System.out.println(named(who) + ": unknown: " + reason));
    if (undecided.keySet().stream().anyMatch(FullHeap::explains)) {
      System.out.println(FullHeap.remedy());
    }
  }

  /** Who could not tell, by why. */
  private Map<String, List<String>> undecided() {
    Map<String, List<String>> checkers = new LinkedHashMap<>();
    for (Finding each : verdict.findings()) {
      if (each.unknown() != null) {
        checkers.computeIfAbsent(each.unknown(), reason -> new ArrayList<>()).add(each.checker());
      }
    }
    return checkers;
  }

  private String named(List<String> checkers) {
    boolean every = checkers.size() > 1 && checkers.size() == verdict.findings().size();
    return every ? "all checkers" : String.join(", ", checkers);
  }

  private static void print(Anomaly anomaly) {
    System.out.println("  " + anomaly.sentence());
    System.out.println(
        "    " + anomaly.cause().id().replace('-', ' ') + "; operations " + anomaly.operations());
  }
}
