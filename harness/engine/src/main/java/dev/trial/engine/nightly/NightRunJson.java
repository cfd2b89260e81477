package dev.trial.engine.nightly;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.json.StrictObject;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.shrink.Sign;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A run as a line of its campaign's journal. */
public final class NightRunJson {

  private static final int VERSION = 1;

  private NightRunJson() {}

  /** The run as a line that stands alone: a journal says its form once, in its first line. */
  public static ObjectNode alone(NightRun run) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("version", VERSION);
    return line.setAll(write(run));
  }

  /** The line. */
  static ObjectNode write(NightRun run) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("item", run.item());
    line.put("corpus", run.corpus());
    line.put("run", run.run());
    line.put("about", run.about());
    line.put("target", run.target());
    line.put("client", run.client());
    line.put("seed", run.seed());
    line.put("outcome", run.outcome().id());
    line.put("reason", run.reason());
    ObjectNode anomalies = line.putObject("anomalies");
    run.anomalies().forEach(anomalies::put);
    if (run.sign() == null) {
      line.putNull("sign");
    } else {
      sign(line.putObject("sign"), run.sign()).put("sentence", run.sentence());
    }
    ArrayNode also = line.putArray("also");
    run.also().forEach(each -> sign(also.addObject(), each));
    line.put("operations", run.operations());
    line.put("faults", run.faults());
    line.put("simulated_ms", run.simulatedMs());
    line.put("wall_ms", run.wallMs());
    line.put("history_sha256", run.historySha256());
    line.put("trace_hash", run.traceHash());
    line.put("elapsed_ms", run.elapsedMs());
    ArrayNode points = line.putArray("points");
    run.points().forEach(points::add);
    return line;
  }

  static NightRun read(StrictObject line) {
    StrictObject sign = line.has("sign") ? line.object("sign") : null;
    return new NightRun(
        line.number("item"),
        line.textOrNull("corpus"),
        line.text("run"),
        line.text("about"),
        line.text("target"),
        line.text("client"),
        line.number("seed"),
        line.choice("outcome", Outcome.class),
        line.textOrNull("reason"),
        counts(line.object("anomalies")),
        sign == null ? null : sign(sign),
        sign == null ? null : sign.text("sentence"),
        line.objects("also").stream().map(NightRunJson::sign).toList(),
        line.amount("operations"),
        line.integer("faults"),
        line.amount("simulated_ms"),
        line.amount("wall_ms"),
        line.textOrNull("history_sha256"),
        line.textOrNull("trace_hash"),
        line.amount("elapsed_ms"),
        new TreeSet<>(line.texts("points")));
  }

  private static ObjectNode sign(ObjectNode node, Sign sign) {
    return node.put("kind", sign.kind().id()).put("cause", sign.cause().id());
  }

  private static Sign sign(StrictObject node) {
    return new Sign(node.choice("kind", AnomalyKind.class), node.choice("cause", Cause.class));
  }

  private static Map<String, Integer> counts(StrictObject anomalies) {
    Map<String, Integer> counts = new TreeMap<>();
    anomalies.settings().keySet().forEach(kind -> counts.put(kind, anomalies.integer(kind)));
    return counts;
  }
}
