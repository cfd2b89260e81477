package dev.trial.app.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.cluster.ClusterShape;
import java.util.List;
import java.util.Locale;

/**
 * What a bench found. Figures of runs are medians, with the least and the greatest.
 *
 * @param experiment the claim, and its half if it has several
 * @param shape of the cluster
 * @param machine cores and JDK
 * @param strands what client threads run on
 * @param loadMs length of the load of each run
 * @param peakHeapBytes the most heap in use at any time, garbage included
 * @param liveHeapBytes heap that is reachable after the last run, its cluster and history included
 */
public record BenchFigures(
    String experiment,
    ClusterShape shape,
    String machine,
    String strands,
    int warmUpRuns,
    int measuredRuns,
    long loadMs,
    Spread speed,
    Spread runsPerSecond,
    Spread eventsPerSecond,
    Spread acknowledged,
    Spread operations,
    Spread faults,
    long peakHeapBytes,
    long liveHeapBytes) {

  /** The form of what {@code trial bench --json} prints. */
  static final int VERSION = 1;

  static BenchFigures of(
      String experiment, ClusterShape shape, List<Sample> samples, int warmUpRuns, long loadMs) {
    return new BenchFigures(
        experiment,
        shape,
        Machine.name(),
        Machine.strands(),
        warmUpRuns,
        samples.size(),
        loadMs,
        Spread.of(samples, Sample::speed),
        Spread.of(samples, each -> 1e9 / each.wallNs()),
        Spread.of(samples, each -> each.events() * 1e9 / each.wallNs()),
        Spread.of(samples, Sample::acknowledged),
        Spread.of(samples, Sample::operations),
        Spread.of(samples, Sample::faults),
        HeapUse.peakBytes(),
        samples.get(samples.size() - 1).liveBytes());
  }

  /** For people. */
  public List<String> lines() {
    return List.of(
        "machine                 " + machine + ", client threads are " + strands,
        "method                  "
            + experiment
            + ", "
            + loadMs / 1_000
            + " s of load, "
            + shape.brokers()
            + " brokers, "
            + shape.controllers()
            + " controllers; spec to verdict, one run at a time",
        "warm-up, measured       " + warmUpRuns + " runs, " + measuredRuns + " runs",
        line("simulated / wall        ", speed, "x"),
        line("runs per second         ", runsPerSecond, ""),
        line("events per second       ", eventsPerSecond, ""),
        line("acknowledged records    ", acknowledged, " a run"),
        line("operations              ", operations, " a run"),
        line("faults                  ", faults, " a run"),
        "peak heap               " + (peakHeapBytes >> 20) + " MB, garbage included",
        "live heap               "
            + (liveHeapBytes >> 20)
            + " MB after the last run, with its cluster and its history");
  }

  private static String line(String name, Spread spread, String unit) {
    String format =
        spread.median() < 100 ? "%s%.1f%s (%.1f to %.1f)" : "%s%,.0f%s (%,.0f to %,.0f)";
    return String.format(
        Locale.ROOT, format, name, spread.median(), unit, spread.least(), spread.greatest());
  }

  /** For programs. */
  public String json() {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("version", VERSION);
    node.put("experiment", experiment).put("machine", machine).put("strands", strands);
    node.put("warm_up_runs", warmUpRuns).put("measured_runs", measuredRuns);
    speed.into(node, "simulated_over_wall");
    runsPerSecond.into(node, "runs_per_second");
    eventsPerSecond.into(node, "events_per_second");
    acknowledged.into(node, "acknowledged");
    operations.into(node, "operations");
    faults.into(node, "faults");
    node.put("load_ms", loadMs);
    node.put("peak_heap_bytes", peakHeapBytes);
    return node.put("live_heap_bytes", liveHeapBytes).toString();
  }
}
