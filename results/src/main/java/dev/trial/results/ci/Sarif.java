package dev.trial.results.ci;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.json.ReadableJson;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the code: a rule for each kind of
 * anomaly, a result for each finding, located in the spec that reproduces it. The fingerprint says
 * that a finding is the same as that of the night before.
 */
public final class Sarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
  private static final String FINGERPRINT = "trial/v1";

  private Sarif() {}

  /** The document; runs that are no findings are not in it. */
  public static String of(String toolVersion, List<CiRun> runs) {
    List<CiRun> findings =
        runs.stream()
            .filter(run -> run.outcome() == Outcome.FINDING && run.kind() != null)
            .toList();
    SortedSet<AnomalyKind> kinds = new TreeSet<>();
    findings.forEach(run -> kinds.add(run.kind()));
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = document.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "Trial").put("semanticVersion", toolVersion);
    ArrayNode rules = driver.putArray("rules");
    kinds.forEach(kind -> rule(rules.addObject(), kind));
    run.put("columnKind", "utf16CodeUnits");
    ArrayNode results = run.putArray("results");
    List<AnomalyKind> order = List.copyOf(kinds);
    findings.forEach(each -> result(results.addObject(), each, order.indexOf(each.kind())));
    return ReadableJson.print(document);
  }

  private static void rule(ObjectNode rule, AnomalyKind kind) {
    rule.put("id", kind.id());
    rule.putObject("shortDescription").put("text", kind.definition());
    rule.putObject("fullDescription").put("text", kind.definition() + " (" + kind.source() + ")");
    rule.putObject("defaultConfiguration").put("level", "error");
    rule.putObject("properties").putArray("tags").add("correctness").add(kind.family().title());
  }

  private static void result(ObjectNode result, CiRun run, int rule) {
    result.put("ruleId", run.kind().id()).put("ruleIndex", rule).put("level", "error");
    result.putObject("message").put("text", run.about() + ": " + run.details().strip());
    if (run.spec() != null) {
      ObjectNode location = result.putArray("locations").addObject().putObject("physicalLocation");
      location.putObject("artifactLocation").put("uri", uri(run.spec()));
      location.putObject("region").put("startLine", 1);
    }
    result
        .putObject("partialFingerprints")
        .put(FINGERPRINT, run.kind().id() + "/" + causeOf(run) + "/" + run.about());
  }

  private static String causeOf(CiRun run) {
    return (run.cause() == null ? Cause.UNEXPLAINED : run.cause()).id();
  }

  /** RFC 3986: what is not unreserved is percent-encoded, byte by byte. */
  private static String uri(String path) {
    StringBuilder uri = new StringBuilder();
    for (byte each : path.replace('\\', '/').getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
      uri.append(plain ? String.valueOf(c) : String.format("%%%02X", each & 0xff));
    }
    return uri.toString();
  }
}
