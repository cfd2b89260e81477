package dev.trial.app.command;

import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.Replay;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trial replay}: run again from a run directory or its spec, and compare. */
@Command(
    name = "replay",
    description = "Runs again; says identical or names the first diverging event.",
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RUN", description = "a run directory or its spec.json")
  private Path run;

  @Option(
      names = "--mutant",
      paramLabel = "M",
      description = "with this defect on: where does it change the run first?")
  private List<String> mutants = List.of();

  @Override
  public Integer call() {
    StoredRun stored = StoredRun.ofSpec(run);
    RunSpec spec = stored.spec();
    if (!spec.simulated()) {
      throw new UsageException(
          run
              + ": was held in "
              + spec.target()
              + ", where time is real; only a simulated run replays");
    }
    mutants.forEach(RunCommand::checkMutant);
    RunSpec replayed = mutants.isEmpty() ? spec : spec.withMutants(mutants);
    try (Target target = Targets.open(spec.target(), spec.client())) {
      Replay.Comparison comparison =
          Replay.compare(target, replayed, stored.history(), stored.recorded("trace_hash"));
      return told(comparison);
    }
  }

  private static int told(Replay.Comparison comparison) {
    boolean failed = comparison.ending() == Replay.Ending.FAILED;
    comparison.lines().forEach(failed ? System.err::println : System.out::println);
    return switch (comparison.ending()) {
      case IDENTICAL -> ExitCode.AS_EXPECTED;
      case DIVERGED -> ExitCode.FINDING;
      case FAILED -> ExitCode.HARNESS_ERROR;
    };
  }
}
