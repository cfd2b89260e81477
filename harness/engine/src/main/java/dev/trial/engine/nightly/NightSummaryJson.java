package dev.trial.engine.nightly;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.json.StrictObject;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.coverage.Dimension;
import java.util.List;

/** {@code summary.json}: a campaign in figures, for programs. */
public final class NightSummaryJson {

  private static final int VERSION = 1;

  private NightSummaryJson() {}

  /** All figures; what took how long comes last. */
  public static ObjectNode of(NightPlan plan, NightSummary summary, List<Change> changes) {
    ObjectNode all = plan.unsharded().toJson();
    all.put("version", VERSION);
    all.put("outcome", summary.outcome().id());
    all.put("runs", summary.runs());
    ObjectNode outcomes = all.putObject("outcomes");
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome.id(), summary.runs(outcome));
    }
    findings(all, summary);
    corpus(all, changes);
    ObjectNode unknown = all.putObject("unknown");
    summary.silent().forEach(unknown::put);
    ObjectNode errors = all.putObject("errors");
    summary.errors().forEach(errors::put);
    coverage(all.putObject("coverage"), summary);
    all.put("simulated_ms", summary.simulatedMs());
    all.put("wall_ms", summary.wallMs());
    all.put("elapsed_ms", summary.elapsedMs());
    return all;
  }

  private static void findings(ObjectNode all, NightSummary summary) {
    var findings = all.putArray("findings");
    summary
        .found()
        .forEach(
            (sign, found) -> {
              ObjectNode one = findings.addObject();
              one.put("kind", sign.kind().id()).put("cause", sign.cause().id());
              one.put("runs", found.runs());
              one.put("seed", found.smallest().seed());
              one.put("target", found.smallest().target());
              one.put("sentence", found.smallest().sentence());
              var about = one.putArray("about");
              found.first().keySet().forEach(about::add);
            });
  }

  private static void corpus(ObjectNode all, List<Change> changes) {
    var corpus = all.putArray("corpus");
    for (Change change : changes) {
      corpus
          .addObject()
          .put("entry", change.entry().name())
          .put("change", StrictObject.idOf(change.kind()))
          .put("first_seen", change.entry().firstSeen().toString())
          .put("last_seen", change.entry().lastSeen().toString());
    }
  }

  private static void coverage(ObjectNode all, NightSummary summary) {
    synchronized (summary.coverage()) {
      for (Dimension dimension : Dimension.values()) {
        ObjectNode points = all.putObject(StrictObject.idOf(dimension));
        summary.coverage().of(dimension).forEach(points::put);
      }
    }
  }
}
