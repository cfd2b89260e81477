package dev.trial.app.command;

import dev.trial.engine.campaign.Reports;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code trial report}: (re)write the HTML report of stored runs. */
@Command(
    name = "report",
    description = "Writes report.html in each run directory.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "run directories")
  private List<Path> runs;

  @Override
  public Integer call() {
    for (Path run : runs) {
      StoredRun stored = new StoredRun(run);
      Reports.write(stored.directory(), stored.spec(), stored.history());
      System.out.println(stored.directory().path().resolve("report.html"));
    }
    return ExitCode.AS_EXPECTED;
  }
}
