package dev.trial.engine.campaign;

import dev.trial.claims.Experiment;
import dev.trial.claims.Experiments;
import dev.trial.core.history.History;
import dev.trial.core.history.HistoryJsonWriter;
import dev.trial.core.history.Operation;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.targets.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs a spec again and compares with what was recorded. */
public final class Replay {
  private static final int MAX_LINE = 300;

  private Replay() {}

  /**
   * What a replay showed.
   *
   * @param ending whether every operation was the same at the same time, and the trace too
   * @param lines what to tell: "identical", or the first diverging event
   */
  public record Comparison(Ending ending, List<String> lines) {}

  /** How a comparison ended. */
  public enum Ending {
    IDENTICAL,
    DIVERGED,
    /** The harness failed: nothing is known of the run. */
    FAILED
  }

  /**
   * Runs the spec and compares.
   *
   * @param recordedTrace the trace hash of the recorded run; null if unknown
   * @throws UsageException if the target cannot hold such a run
   */
  public static Comparison compare(
      Target target, RunSpec spec, History recorded, String recordedTrace) {
    Experiment experiment = Experiments.of(spec);
    RunResult again =
        new RunHouse(target, null).run(new RunRequest("replay", spec, experiment, null));
    if (again.outcome() == null) {
      throw new UsageException("this run cannot be held: " + again.summary().reason());
    }
    if (again.history() == null) {
      String reason = "the replay failed: " + again.summary().reason();
      return new Comparison(Ending.FAILED, List.of(reason));
    }
    long first = firstDifference(recorded, again.history());
    if (first >= 0) {
      return new Comparison(Ending.DIVERGED, diverged(first, recorded, again.history()));
    }
    String trace = again.summary().traceHash();
    if (recordedTrace != null && !recordedTrace.equals(trace)) {
      return new Comparison(
          Ending.DIVERGED,
          List.of(
              "every operation is the same, but the trace below them is not: recorded "
                  + recordedTrace
                  + ", replayed "
                  + trace));
    }
    return new Comparison(
        Ending.IDENTICAL, List.of("identical: " + recorded.size() + " operations, trace " + trace));
  }

  private static long firstDifference(History recorded, History replayed) {
    int common = Math.min(recorded.size(), replayed.size());
    for (int i = 0; i < common; i++) {
      if (!recorded.at(i).equals(replayed.at(i))) {
        return i;
      }
    }
    return recorded.size() == replayed.size() ? -1 : common;
  }

  private static List<String> diverged(long index, History recorded, History replayed) {
    List<String> lines = new ArrayList<>();
    lines.add("first diverging event: operation " + index);
    lines.add("  recorded: " + line(recorded, index));
    lines.add("  replayed: " + line(replayed, index));
    lines.add("  " + index + " operations before it are the same");
    return lines;
  }

  private static String line(History history, long index) {
    if (index >= history.size()) {
      return "nothing: the history ends here";
    }
    String text = json(history.at(index));
    return text.length() <= MAX_LINE ? text : text.substring(0, MAX_LINE) + " …";
  }

  private static String json(Operation operation) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (HistoryJsonWriter writer = new HistoryJsonWriter(bytes)) {
      writer.write(operation);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }
}
