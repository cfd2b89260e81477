package dev.trial.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.history.History;
import dev.trial.core.history.HistoryJsonReader;
import dev.trial.core.history.HistoryOrder;
import dev.trial.core.history.Operation;
import dev.trial.core.history.ReadResult;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.core.work.Workers;
import dev.trial.engine.campaign.SpecCheck;
import dev.trial.results.store.RunDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A run directory named on the command line; whatever is wrong with it is one clear line. */
final class StoredRun {
  private final Path named;
  private final RunDirectory directory;

  StoredRun(Path named) {
    this(named, RunDirectory::open);
  }

  private StoredRun(Path named, Function<Path, RunDirectory> opened) {
    if (!Files.exists(named)) {
      throw new UsageException(named + ": there is no such run directory or file");
    }
    this.named = named;
    this.directory = opened.apply(named);
  }

  /** A run directory, or a spec under any name, such as one of a corpus. */
  static StoredRun ofSpec(Path named) {
    return new StoredRun(named, RunDirectory::ofSpec);
  }

  /** What it is called where it lies: of a file, without its ending. */
  String name() {
    Path path = directory.onlySpec() ? named : directory.path();
    String name = path.toAbsolutePath().normalize().getFileName().toString();
    return directory.onlySpec() ? name.replaceFirst("\\.json$", "") : name;
  }

  RunDirectory directory() {
    return directory;
  }

  boolean hasSpec() {
    return directory.hasSpec();
  }

  /** The spec, held to what a run can be held with. */
  RunSpec spec() {
    if (!hasSpec()) {
      throw new UsageException(named + ": there is no spec.json, so this is not a run directory");
    }
    RunSpec spec = directory.spec();
    SpecCheck.check(spec, directory.specFile().toString());
    return spec;
  }

  /** The history; a line that a crash cut off is told on standard error. */
  History history() {
    return history(Workers.NONE);
  }

  /** The same, parsed by workers. */
  History history(Workers workers) {
    return read(historyFile(), workers);
  }

  /** The file that the history is in. */
  HistoryFile historyFile() {
    if (directory.onlySpec()) {
      throw new UsageException(
          named + ": is a spec alone, without a history; ./trial run " + named + " holds it");
    }
    Path file = directory.historyFile();
    if (!Files.exists(file)) {
      throw new UsageException(named + ": there is no history.jsonl or history.jsonl.zst");
    }
    return new HistoryFile(file);
  }

  static History read(HistoryFile file, Workers workers) {
    ReadResult result;
    try (InputStream in = file.bytes()) {
      result = HistoryJsonReader.read(in, workers);
    } catch (IOException e) {
      throw file.refused(e);
    }
    if (result.history().size() == 0) {
      throw file.empty();
    }
    if (result.warning() != null) {
      System.err.println("trial: " + file + ": " + result.warning());
    }
    return inOrder(file, result.history());
  }

  /** A live run writes operations as they come, and brings them into order when it is over. */
  private static History inOrder(HistoryFile file, History history) {
    long before = Long.MIN_VALUE;
    for (Operation each : history.operations()) {
      if (each.timeNs() < before) {
        System.err.println(
            "trial: "
                + file
                + ": operation "
                + each.index()
                + " is earlier than the one before it: all are taken, and numbered, in order of"
                + " time");
        return HistoryOrder.byTime(history);
      }
      before = each.timeNs();
    }
    return history;
  }

  /** A text of verdict.json; null if absent. */
  String recorded(String field) {
    ObjectNode verdict = directory.readVerdict();
    return verdict == null || !verdict.hasNonNull(field) ? null : verdict.get(field).asText();
  }
}
