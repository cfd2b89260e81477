package dev.trial.app.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.app.input.UsageException;
import dev.trial.core.history.History;
import dev.trial.core.history.HistoryFormatException;
import dev.trial.core.history.ReadResult;
import dev.trial.core.json.JsonFormatException;
import dev.trial.core.run.RunSpec;
import dev.trial.core.work.Workers;
import dev.trial.results.store.RunDirectory;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run directory named on the command line; whatever is wrong with it is one clear line. */
final class StoredRun {
  private final Path named;
  private final RunDirectory directory;

  StoredRun(Path named) {
    if (!Files.exists(named)) {
      throw new UsageException(named + ": there is no such run directory or file");
    }
    this.named = named;
    this.directory = RunDirectory.open(named);
  }

  RunDirectory directory() {
    return directory;
  }

  boolean hasSpec() {
    return directory.hasSpec();
  }

  RunSpec spec() {
    if (!hasSpec()) {
      throw new UsageException(named + ": there is no spec.json, so this is not a run directory");
    }
    try {
      return directory.spec();
    } catch (JsonFormatException malformed) {
      throw new UsageException(malformed.getMessage());
    }
  }

  /** The history; a line that a crash cut off is told on standard error. */
  History history() {
    return history(Workers.NONE);
  }

  /** The same, parsed by workers. */
  History history(Workers workers) {
    Path file = directory.historyFile();
    if (!Files.exists(file)) {
      throw new UsageException(named + ": there is no history.jsonl or history.jsonl.zst");
    }
    return read(file, workers);
  }

  static History read(Path file, Workers workers) {
    try {
      ReadResult result = RunDirectory.readHistory(file, workers);
      if (result.history().size() == 0) {
        throw new UsageException(file + ": no operation can be read from it");
      }
      if (result.warning() != null) {
        System.err.println("trial: " + file + ": " + result.warning());
      }
      return result.history();
    } catch (UncheckedIOException unreadable) {
      throw new UsageException(file + ": " + reason(unreadable));
    }
  }

  private static String reason(UncheckedIOException unreadable) {
    return unreadable.getCause() instanceof HistoryFormatException malformed
        ? malformed.getMessage()
        : "cannot be read: " + unreadable.getCause().getMessage();
  }

  /** A text of verdict.json; null if absent. */
  String recorded(String field) {
    ObjectNode verdict = directory.readVerdict();
    return verdict == null || !verdict.hasNonNull(field) ? null : verdict.get(field).asText();
  }
}
