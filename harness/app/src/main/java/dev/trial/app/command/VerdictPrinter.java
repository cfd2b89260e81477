package dev.trial.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Verdict;
import java.util.Map;
import java.util.TreeMap;

/** A verdict on standard output: for people, or as one JSON object. */
final class VerdictPrinter {
  private static final int SHOWN_PER_KIND = 3;
  private static final String ALLOWED = "allowed.";

  private final Verdict verdict;
  private final long operations;

  VerdictPrinter(Verdict verdict, long operations) {
    this.verdict = verdict;
    this.operations = operations;
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
    ObjectNode counts = node.putObject("anomalies");
    verdict.counts().forEach(counts::put);
    Map<String, Long> allowed = allowed();
    if (!allowed.isEmpty()) {
      ObjectNode fields = node.putObject("allowed");
      allowed.forEach(fields::put);
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
    System.out.println(verdict.validity().id() + ": " + operations + " operations");
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
    verdict.findings().stream()
        .filter(finding -> finding.unknown() != null)
        .forEach(
            finding -> System.out.println(finding.checker() + ": unknown: " + finding.unknown()));
  }

  private static void print(Anomaly anomaly) {
    System.out.println("  " + anomaly.sentence());
    System.out.println(
        "    " + anomaly.cause().id().replace('-', ' ') + "; operations " + anomaly.operations());
  }
}
