package dev.trial.results.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Verdict;
import java.util.List;

/** verdict.json: the summary of a run and everything its checkers found. */
public final class VerdictJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private VerdictJson() {}

  /** The whole document; {@code unexpected} are the anomalies that make the run a finding. */
  public static ObjectNode of(RunSummary summary, Verdict verdict, List<Anomaly> unexpected) {
    ObjectNode document = summary.toJson();
    ArrayNode findings = document.putArray("checkers");
    for (Finding finding : verdict.findings()) {
      findings.add(finding(finding, unexpected));
    }
    return document;
  }

  private static ObjectNode finding(Finding finding, List<Anomaly> unexpected) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("checker", finding.checker());
    if (finding.unknown() != null) {
      node.put("unknown", finding.unknown());
    }
    ArrayNode anomalies = node.putArray("anomalies");
    for (Anomaly anomaly : finding.anomalies()) {
      anomalies.add(anomaly(anomaly, unexpected.contains(anomaly)));
    }
    ObjectNode statistics = node.putObject("statistics");
    finding.statistics().forEach(statistics::put);
    return node;
  }

  private static ObjectNode anomaly(Anomaly anomaly, boolean unexpected) {
    return anomaly(anomaly).put("expected", !unexpected);
  }

  /** One anomaly: its kind, its cause, what happened in a sentence, and what proves it. */
  public static ObjectNode anomaly(Anomaly anomaly) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("anomaly", anomaly.kind().id());
    node.put("partition", anomaly.partition() == null ? null : anomaly.partition().toString());
    node.put("cause", anomaly.cause().id());
    node.put("sentence", anomaly.sentence());
    ArrayNode operations = node.putArray("operations");
    anomaly.operations().forEach(operations::add);
    ArrayNode values = node.putArray("values");
    anomaly.values().forEach(values::add);
    ArrayNode offsets = node.putArray("offsets");
    anomaly.offsets().forEach(offsets::add);
    return node;
  }
}
