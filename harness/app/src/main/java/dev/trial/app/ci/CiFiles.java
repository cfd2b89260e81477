package dev.trial.app.ci;

import dev.trial.app.input.OutputPath;
import dev.trial.core.input.UsageException;
import dev.trial.results.ci.CiRun;
import dev.trial.results.ci.JUnitXml;
import dev.trial.results.ci.Sarif;
import dev.trial.results.store.WholeFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The files that a CI server reads, where a command is asked for them. */
public final class CiFiles {
  private static final String TOOL_VERSION = "0.1.0";

  @Option(names = "--junit", paramLabel = "FILE", description = "JUnit XML of all runs")
  private Path junit;

  @Option(names = "--sarif", paramLabel = "FILE", description = "SARIF of the findings")
  private Path sarif;

  /** Refuses what cannot be written, before the work. */
  public void check() {
    OutputPath.checkFile("--junit", junit);
    OutputPath.checkFile("--sarif", sarif);
    if (junit != null && sarif != null && same(junit, sarif)) {
      throw new UsageException("--junit and --sarif name the same file: " + junit);
    }
  }

  private static boolean same(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** Writes what was asked for. */
  public void write(List<CiRun> runs) {
    if (junit != null) {
      WholeFile.write(junit, JUnitXml.of(runs));
    }
    if (sarif != null) {
      WholeFile.write(sarif, Sarif.of(TOOL_VERSION, runs));
    }
  }

  /** A path as a CI server finds it again: from the working directory, where it lies below it. */
  public static String relative(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
  }
}
