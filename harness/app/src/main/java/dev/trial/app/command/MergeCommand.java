package dev.trial.app.command;

import dev.trial.app.ci.CiFiles;
import dev.trial.app.input.OutputPath;
import dev.trial.core.input.UsageException;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.corpus.Corpus;
import dev.trial.engine.nightly.Change;
import dev.trial.engine.nightly.Harvest;
import dev.trial.engine.nightly.NightBook;
import dev.trial.engine.nightly.Parts;
import dev.trial.engine.targets.Targets;
import dev.trial.results.store.RunsLock;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trial merge}: the parts of a campaign as one. */
@Command(
    name = "merge",
    description = "Unites the parts of a campaign that several machines held.",
    mixinStandardHelpOptions = true)
final class MergeCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      arity = "1..*",
      description = "the --out of each part, or one of its campaigns")
  private List<Path> parts;

  @Option(
      names = "--corpus",
      paramLabel = "DIR",
      description = "the corpus as it was before, brought up to date (default: corpus in --out)")
  private Path corpus;

  @Option(names = "--out", paramLabel = "DIR", description = "where campaigns go")
  private Path out = Targets.home().resolve("results").resolve("nightly");

  @Option(names = "--json", description = "the summary as a JSON line")
  private boolean json;

  @Mixin private final CiFiles files = new CiFiles();

  @Override
  public Integer call() {
    OutputPath.check(out);
    files.check();
    Corpus entries =
        corpus == null ? Corpus.read(out.resolve("corpus")) : Corpus.named("--corpus", corpus);
    Parts all = Parts.read(parts);
    NightPrinter printer = new NightPrinter(json, files);
    try (RunsLock lock = OutputPath.lock(out)) {
      if (!lock.take(NightlyCommand.LOCK, 1, 1)) {
        throw new UsageException(
            out + ": another trial is at a campaign there: choose another --out");
      }
      try (NightBook book = all.unite(out, run -> {})) {
        printer.begin(book);
        Harvest harvest = new Harvest(book, entries, all.smaller(), LocalDate.now(ZoneOffset.UTC));
        List<Change> changes = harvest.gather();
        book.end();
        int code = printer.conclude(entries, changes);
        all.missing().forEach(each -> System.err.println("trial: " + each));
        boolean whole = all.missing().isEmpty() || code != ExitCode.AS_EXPECTED;
        return whole ? code : ExitCode.of(Outcome.UNKNOWN);
      }
    }
  }
}
