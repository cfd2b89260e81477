package dev.trial.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.verdict.Anomaly;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The anomalies, unexpected ones first, each with the operations that prove it and what happened
 * meanwhile.
 */
final class ProofSection {
  private static final int MAX_PER_KIND = 12;

  private final History history;
  private final List<Anomaly> unexpected;
  private final Surroundings surroundings;

  ProofSection(History history, List<Anomaly> unexpected) {
    this.history = history;
    this.unexpected = unexpected;
    this.surroundings = new Surroundings(history);
  }

  void describe(List<Anomaly> anomalies, ObjectNode report) {
    List<Anomaly> ordered = new ArrayList<>(anomalies);
    ordered.sort(Comparator.comparing(anomaly -> !unexpected.contains(anomaly)));
    Map<String, Integer> shown = new TreeMap<>();
    ArrayNode list = report.putArray("anomalies");
    for (Anomaly anomaly : ordered) {
      if (shown.merge(anomaly.kind().id(), 1, Integer::sum) <= MAX_PER_KIND) {
        describe(anomaly, list.addObject());
      }
    }
    ObjectNode counts = report.putObject("counts");
    shown.forEach(counts::put);
  }

  private void describe(Anomaly anomaly, ObjectNode node) {
    node.put("kind", anomaly.kind().id());
    node.put("definition", anomaly.kind().definition());
    node.put("partition", anomaly.partition() == null ? "" : anomaly.partition().toString());
    node.put("cause", anomaly.cause().id());
    node.put("unexpected", unexpected.contains(anomaly));
    node.put("sentence", anomaly.sentence());
    ArrayNode operations = node.putArray("operations");
    for (Operation each : inOrder(anomaly)) {
      describe(each, anomaly, operations.addObject());
    }
  }

  /** The operations that prove it, with what else happened around them. */
  private List<Operation> inOrder(Anomaly anomaly) {
    List<Operation> operations = new ArrayList<>(surroundings.of(anomaly));
    for (long index : anomaly.operations()) {
      if (index >= 0 && index < history.size()) {
        operations.add(history.at(index));
      }
    }
    operations.sort(Comparator.comparingLong(Operation::index));
    return operations;
  }

  private static void describe(Operation operation, Anomaly about, ObjectNode node) {
    node.put("index", operation.index());
    node.put("aside", !about.operations().contains(operation.index()));
    node.put("t", Times.seconds(operation.timeNs()));
    node.put("process", operation.process());
    node.put("stage", operation.stage().id());
    node.put("name", operation.action().name());
    node.put("text", OperationText.of(operation.action(), about));
  }
}
