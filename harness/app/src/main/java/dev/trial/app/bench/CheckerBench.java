package dev.trial.app.bench;

import dev.trial.checkers.Judge;
import dev.trial.core.history.History;
import dev.trial.core.history.HistoryJsonReader;
import dev.trial.core.history.HistoryJsonWriter;
import dev.trial.core.verdict.Budget;
import dev.trial.core.verdict.Rules;
import dev.trial.core.verdict.Vacuity;
import dev.trial.core.verdict.Verdict;
import dev.trial.engine.work.Cores;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Times the checkers on a long made history: reading it from a file in our format, and judging it
 * by every checker. Each happens once, in a fresh process, as with {@code trial check}.
 */
public final class CheckerBench {
  private static final long SEED = 1;
  static final Rules RULES =
      new Rules(-1, 2, Set.of("g"), Map.of("g", "earliest"), Set.of(), Vacuity.NEVER);

  private final Shape shape;
  private final long operations;

  /** A history of that shape and about that many operations. */
  public CheckerBench(Shape shape, long operations) {
    this.shape = shape;
    this.operations = operations;
  }

  /** Makes it in a temporary file, reads it, judges it. */
  public CheckerFigures run() {
    try {
      Path file = Files.createTempFile("trial-bench", ".jsonl");
      try {
        make(file);
        return measure(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void make(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        HistoryJsonWriter writer = new HistoryJsonWriter(out)) {
      MadeHistory.make(shape, operations, SEED, writer::write);
      writer.flush();
    }
  }

  private CheckerFigures measure(Path file) throws IOException {
    System.gc();
    CheckerFigures.resetPeak();
    try (Cores cores = Cores.ofMachine()) {
      return measure(file, cores);
    }
  }

  private CheckerFigures measure(Path file, Cores cores) throws IOException {
    Stopwatch reading = new Stopwatch();
    History history;
    try (InputStream in = Files.newInputStream(file)) {
      history = HistoryJsonReader.read(in, cores).history();
    }
    Stopwatch judging = reading.next();
    Verdict verdict = new Judge(cores, () -> Budget.UNLIMITED).verdict(history, RULES);
    judging.stop();
    return new CheckerFigures(
        shape,
        history.size(),
        Files.size(file),
        reading.lapse(),
        judging.lapse(),
        CheckerFigures.heapPeak(),
        verdict.validity().id());
  }
}
