package dev.trial.app.command;

import dev.trial.core.input.UsageException;
import dev.trial.engine.campaign.Reports;
import dev.trial.engine.index.RunsBelow;
import dev.trial.results.index.IndexPage;
import dev.trial.results.index.RunIndex;
import dev.trial.results.store.RunDirectory;
import dev.trial.results.store.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trial report}: (re)write the HTML report of stored runs, or an overview of many. */
@Command(
    name = "report",
    description = "Writes report.html in each run directory, or an overview of all runs.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  private static final String INDEX = "index.html";

  @Parameters(paramLabel = "RUN", arity = "0..*", description = "run directories")
  private List<Path> runs = List.of();

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "writes DIR/index.html, an overview of all runs and campaigns below DIR")
  private Path index;

  @Override
  public Integer call() {
    if (index != null && runs.isEmpty()) {
      index();
    } else if (index == null && !runs.isEmpty()) {
      runs.forEach(ReportCommand::report);
    } else {
      throw new UsageException(
          index == null
              ? "trial report needs a run directory, or --index DIR; see trial report --help"
              : "--index takes no run beside it: it finds all that are below its directory");
    }
    return ExitCode.AS_EXPECTED;
  }

  private static void report(Path run) {
    System.out.println(write(run).path().resolve(RunDirectory.REPORT));
  }

  /** Writes the report of a stored run. */
  static RunDirectory write(Path run) {
    StoredRun stored = new StoredRun(run);
    Reports.write(stored.directory(), stored.spec(), stored.history());
    return stored.directory();
  }

  private void index() {
    if (index.toString().isEmpty()) {
      throw new UsageException("--index '': names no place; write --index . for this directory");
    }
    if (!Files.isDirectory(index)) {
      throw new UsageException("--index " + index + ": there is no such directory");
    }
    RunIndex all = RunsBelow.of(index);
    if (all.runs() == 0) {
      throw new UsageException("--index " + index + ": " + nothing(all));
    }
    all.unread().forEach(each -> System.err.println("trial: not counted: " + each));
    WholeFile.write(index.resolve(INDEX), IndexPage.of(all, index.toString()));
    System.out.println(index.resolve(INDEX));
  }

  private static String nothing(RunIndex all) {
    return all.unread().isEmpty()
        ? "no run is below it: nothing there has a verdict.json or a journal.jsonl"
        : "no run below it can be read; the first: " + all.unread().get(0);
  }
}
