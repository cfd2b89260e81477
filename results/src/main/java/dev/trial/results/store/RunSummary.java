package dev.trial.results.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.run.HalfName;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Outcome;
import java.util.Map;

/**
 * One run in one line: what {@code --json} prints and {@code verdict.json} begins with.
 *
 * @param run the run's name, also its directory's
 * @param profile what its settings are called: those of a claim as the claim
 * @param verdict valid, invalid, unknown, error
 * @param expected holds, breaks, breaks-only-if
 * @param outcome of the run: a witness is as expected
 * @param reason why not applicable, unknown or in error; null otherwise
 * @param anomalies counts by kind
 * @param statistics counts worth reading, never a verdict
 * @param traceHash rolling hash of a simulated run, null where time is real
 * @param directory where the run is stored, null if it is not
 */
public record RunSummary(
    String run,
    RunSpec spec,
    String profile,
    String verdict,
    String expected,
    Outcome outcome,
    String reason,
    Map<String, Integer> anomalies,
    Map<String, Long> statistics,
    long operations,
    long simulatedMs,
    long wallMs,
    String historySha256,
    String traceHash,
    String directory) {

  /** The form of the line; it changes with the meaning of a field, not when one is added. */
  public static final int VERSION = 1;

  private static final JsonMapper MAPPER = new JsonMapper();

  /** The claim's id; null for a free run. */
  public String claim() {
    return claim(spec);
  }

  /** The id of a spec's claim; null for a free run. */
  public static String claim(RunSpec spec) {
    return spec.claim() == null ? null : spec.claim().id();
  }

  /** Which half of a half-true claim. */
  public HalfName half() {
    return spec.claim() == null ? HalfName.ONLY : spec.claim().half();
  }

  /**
   * The command that runs it again. Only a simulated run replays; of a claim in real time it is the
   * same schedule, against clients and brokers that go their own way. Null where there is none.
   */
  public String again() {
    if (spec.simulated()) {
      return directory == null ? null : "trial replay " + directory;
    }
    if (spec.claim() == null) {
      return null;
    }
    StringBuilder command = new StringBuilder("trial run --claim ").append(spec.claim());
    command.append(" --target ").append(spec.target());
    command.append(" --client ").append(spec.client());
    command.append(" --seed ").append(spec.seed());
    command.append(" --time ").append(spec.loadMs()).append("ms");
    spec.mutants().forEach(mutant -> command.append(" --mutant ").append(mutant));
    return command.toString();
  }

  /** The JSON object, fields in the documented order. */
  public ObjectNode toJson() {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("version", VERSION);
    line.put("run", run);
    line.put("claim", claim());
    if (!half().only()) {
      line.put("half", half().text());
    }
    line.put("workload", spec.workload());
    line.put("profile", profile);
    line.put("target", spec.target());
    line.put("client", spec.client());
    line.put("seed", spec.seed());
    line.put("verdict", verdict);
    line.put("expected", expected);
    line.put("outcome", outcome.id());
    if (reason != null) {
      line.put("reason", reason);
    }
    ObjectNode counts = line.putObject("anomalies");
    anomalies.forEach(counts::put);
    line.put("operations", operations);
    line.put("faults", spec.faults().size());
    line.put("simulated_ms", simulatedMs);
    line.put("wall_ms", wallMs);
    line.put("history_sha256", historySha256);
    if (traceHash != null) {
      line.put("trace_hash", traceHash);
    }
    ObjectNode figures = line.putObject("statistics");
    statistics.forEach(figures::put);
    line.put("directory", directory);
    line.put("replay", again());
    return line;
  }
}
