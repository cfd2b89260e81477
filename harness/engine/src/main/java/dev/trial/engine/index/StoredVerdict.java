package dev.trial.engine.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.json.JsonFormatException;
import dev.trial.core.json.StrictObject;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Outcome;
import dev.trial.results.index.IndexedRun;
import dev.trial.results.index.Shown;
import dev.trial.results.index.Shown.Where;
import dev.trial.results.store.RunDirectory;
import dev.trial.results.store.Shrinkage;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A run directory as its {@code verdict.json} tells it. */
final class StoredVerdict {
  private static final Comparator<Shown> GRAVEST =
      Comparator.comparing(Shown::kind).thenComparing(Shown::cause);

  /** What the small form of a run is called beside it. */
  private static final String SHRUNK = "_shrunk";

  private final String place;
  private final StrictObject verdict;
  private final ObjectNode json;
  private final Where where;

  private StoredVerdict(Path directory, ObjectNode json, Links links) {
    this.place = directory.resolve(RunDirectory.VERDICT).toString();
    this.json = json;
    this.verdict = StrictObject.of(json, place);
    this.where =
        links.ofStored(
            directory,
            directory.resolveSibling(directory.getFileName() + SHRUNK),
            verdict.text("target"),
            verdict.textOrNull("replay"));
  }

  /** The run; what is wrong with the file is a {@link JsonFormatException}. */
  static IndexedRun read(Path directory, Links links) {
    ObjectNode json = RunDirectory.open(directory).readVerdict();
    if (json == null) {
      throw new JsonFormatException(
          directory.toString(),
          "has no " + RunDirectory.VERDICT + ": the run was interrupted, or is not over");
    }
    return new StoredVerdict(directory, json, links).run();
  }

  /** True if the run is the small form of one that lies beside it. */
  static boolean madeSmall(Path directory) {
    Shrinkage shrinkage = RunDirectory.open(directory).shrinkage();
    return shrinkage != null
        && RunDirectory.open(directory.resolveSibling(shrinkage.of())).hasSpec();
  }

  private IndexedRun run() {
    Outcome outcome = verdict.choice("outcome", Outcome.class);
    Shown shown = outcome == Outcome.FINDING ? gravest() : null;
    return new IndexedRun(
        about(),
        verdict.number("seed"),
        outcome,
        verdict.textOrNull("reason"),
        !json.path("anomalies").isEmpty(),
        shown,
        verdict.amount("simulated_ms"));
  }

  private String about() {
    String claim = verdict.textOrNull("claim");
    if (claim == null) {
      return verdict.text("workload");
    }
    return verdict.has("half") ? claim + "/" + verdict.text("half") : claim;
  }

  private Shown gravest() {
    return elements(json.path("checkers"))
        .flatMap(checker -> elements(checker.path("anomalies")))
        .filter(anomaly -> !anomaly.path("expected").asBoolean(true))
        .map(anomaly -> shown(StrictObject.of(anomaly, place)))
        .min(GRAVEST)
        .orElseThrow(
            () -> verdict.problem("says finding, and has no anomaly that is not expected"));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private Shown shown(StrictObject anomaly) {
    return new Shown(
        anomaly.choice("anomaly", AnomalyKind.class),
        anomaly.choice("cause", Cause.class),
        anomaly.text("sentence"),
        where);
  }
}
