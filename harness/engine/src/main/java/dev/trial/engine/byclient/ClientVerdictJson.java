package dev.trial.engine.byclient;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.json.StrictObject;
import dev.trial.core.run.ClaimName;
import dev.trial.core.verdict.Outcome;
import java.util.Map;
import java.util.TreeMap;

/** A verdict as a JSON line, which a table is made from later. */
public final class ClientVerdictJson {
  private static final int VERSION = 1;

  private ClientVerdictJson() {}

  /** The line. */
  public static ObjectNode write(ClientVerdict verdict) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("version", VERSION);
    line.put("client", verdict.client());
    line.put("about", verdict.about().toString());
    line.put("runs", verdict.runs());
    line.put("outcome", verdict.outcome().id());
    ObjectNode anomalies = line.putObject("anomalies");
    verdict.anomalies().forEach(anomalies::put);
    var bugs = line.putArray("bugs");
    verdict.bugs().forEach(bugs::add);
    return line.put("reason", verdict.reason());
  }

  /** What {@link #write} wrote. */
  public static ClientVerdict read(StrictObject line) {
    line.allow("version", "client", "about", "runs", "outcome", "anomalies", "bugs", "reason");
    if (line.number("version") != VERSION) {
      throw line.problem("version " + line.number("version") + " is not " + VERSION);
    }
    StrictObject counted = line.object("anomalies");
    Map<String, Integer> anomalies = new TreeMap<>();
    counted.settings().keySet().forEach(kind -> anomalies.put(kind, counted.integer(kind)));
    return new ClientVerdict(
        line.text("client"),
        ClaimName.of(line.text("about")),
        line.integer("runs"),
        line.choice("outcome", Outcome.class),
        anomalies,
        line.texts("bugs"),
        line.textOrNull("reason"));
  }
}
