package dev.trial.app.command;

import dev.trial.app.input.OutputPath;
import dev.trial.checkers.jepsen.KafkaExport;
import dev.trial.core.history.History;
import dev.trial.core.history.PartitionId;
import dev.trial.core.input.UsageException;
import dev.trial.core.work.Workers;
import dev.trial.results.store.FileProblem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trial export}: a history of ours in the form of another tool. */
@Command(
    name = "export",
    description =
        "Writes the history of a run as Jepsen's Kafka workload writes it, for that workload's"
            + " checker (jepsen.tests.kafka) and for trial check.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "a run directory or a history file")
  private Path run;

  @Option(names = "--edn", required = true, description = "as Jepsen's EDN")
  private boolean edn;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where to write it (history.edn, beside the run's history)")
  private Path out;

  @Override
  public Integer call() {
    if (out != null) {
      OutputPath.check(out);
    }
    StoredRun stored = new StoredRun(run);
    History history =
        Files.isDirectory(run)
            ? stored.history()
            : StoredRun.read(new HistoryFile(run), Workers.NONE);
    Path file = out == null ? stored.directory().path().resolve("history.edn") : out;
    List<PartitionId> keys = write(history, file);
    System.out.println(file + ": " + history.size() + " operations of ours");
    for (int key = 0; key < keys.size(); key++) {
      System.out.println("  key " + key + " is " + keys.get(key));
    }
    return ExitCode.AS_EXPECTED;
  }

  /** The file appears whole or not at all. */
  private static List<PartitionId> write(History history, Path file) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      List<PartitionId> keys;
      try (BufferedWriter writer = Files.newBufferedWriter(partial)) {
        keys = KafkaExport.write(history, writer);
      }
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
      return keys;
    } catch (IOException e) {
      partial.toFile().delete(); // where even that fails, the reason below is the one to tell
      throw new UsageException(
          "cannot write to " + file + " (" + FileProblem.reason(e) + "): choose another --out");
    }
  }
}
