package dev.trial.app.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Validity;
import dev.trial.core.verdict.Verdict;
import dev.trial.results.store.VerdictJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A verdict on standard output: for people, or as one JSON object. */
final class VerdictPrinter {
  /** The form of what {@code trial check --json} prints, of whatever history. */
  static final int VERSION = 1;

  private static final int SHOWN_PER_KIND = 3;
  private static final String ALLOWED = "allowed.";

  private final Verdict verdict;
  private final long operations;
  private final Set<String> chosen;
  private final HeldClaim claim;

  /**
   * A printer.
   *
   * @param chosen ids of the checkers that were asked alone, empty if all were
   */
  VerdictPrinter(Verdict verdict, long operations, Set<String> chosen) {
    this(verdict, operations, chosen, null);
  }

  /** The same of a run that is held against its claim; null if it is not. */
  VerdictPrinter(Verdict verdict, long operations, Set<String> chosen, HeldClaim claim) {
    this.verdict = verdict;
    this.operations = operations;
    this.chosen = chosen;
    this.claim = claim;
  }

  /** Prints; returns the exit code. */
  int print(boolean json) {
    if (json) {
      System.out.println(json());
    } else {
      print();
    }
    return claim == null ? ExitCode.of(verdict.validity()) : claim.exitCode();
  }

  private ObjectNode json() {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("version", VERSION);
    node.put("verdict", verdict.validity().id());
    node.put("operations", operations);
    if (claim != null) {
      claim.describe(node);
    }
    if (verdict.stopped() != null) {
      node.put("stopped", verdict.stopped());
    }
    if (!chosen.isEmpty()) {
      chosen.forEach(node.putArray("checkers")::add);
    }
    ObjectNode counts = node.putObject("anomalies");
    verdict.counts().forEach(counts::put);
    ArrayNode details = node.putArray("details");
    verdict.anomalies().forEach(each -> details.add(detail(each)));
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

  private ObjectNode detail(Anomaly anomaly) {
    ObjectNode detail = VerdictJson.anomaly(anomaly);
    return claim == null ? detail : detail.put("expected", expected(anomaly));
  }

  private boolean expected(Anomaly anomaly) {
    return claim == null || !claim.outcome().unexpected().contains(anomaly);
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
    headline();
    if (claim != null) {
      claim.lines().forEach(System.out::println);
    }
    verdict
        .counts()
        .forEach(
            (kind, count) -> {
              System.out.println(kind + ": " + count);
              verdict.anomalies().stream()
                  .filter(anomaly -> anomaly.kind().id().equals(kind))
                  .limit(SHOWN_PER_KIND)
                  .forEach(this::print);
            });
    allowed().forEach((kind, count) -> System.out.println(kind + ": " + count + " (allowed)"));
    Map<String, List<String>> undecided = undecided();
    undecided.forEach((reason, who) -> System.out.println(named(who) + ": unknown: " + reason));
    if (undecided.keySet().stream().anyMatch(FullHeap::explains)) {
      System.out.println(FullHeap.remedy());
    }
  }

  private void headline() {
    String alone = chosen.isEmpty() ? "" : ", judged by " + String.join(", ", chosen) + " alone";
    String word = claim == null ? verdict.validity().id() : claim.word();
    String stopped = verdict.stopped();
    if (stopped != null && word.equals(Validity.UNKNOWN.id())) {
      System.out.println(word + ": " + stopped + ", after " + operations + " operations" + alone);
      return;
    }
    System.out.println(word + ": " + operations + " operations" + alone);
    if (stopped != null) {
      System.out.println("  " + stopped + ": what was proven until then stands");
    }
  }

  /** Who could not tell, by why; that a history stops is told once. */
  private Map<String, List<String>> undecided() {
    Map<String, List<String>> checkers = new LinkedHashMap<>();
    for (Finding each : verdict.findings()) {
      if (each.unknown() != null && !each.unknown().equals(verdict.stopped())) {
        checkers.computeIfAbsent(each.unknown(), reason -> new ArrayList<>()).add(each.checker());
      }
    }
    return checkers;
  }

  private String named(List<String> checkers) {
    boolean every = checkers.size() > 1 && checkers.size() == verdict.findings().size();
    return every ? "all checkers" : String.join(", ", checkers);
  }

  private void print(Anomaly anomaly) {
    System.out.println("  " + anomaly.sentence());
    System.out.println(
        "    "
            + anomaly.cause().id().replace('-', ' ')
            + "; operations "
            + anomaly.operations()
            + (expected(anomaly) ? "" : "; the claim does not allow it"));
  }
}
