package dev.trial.app.command;

import dev.trial.claims.Experiments;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.Replay;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.shrink.BeforeAndAfter;
import dev.trial.engine.shrink.Shrinking;
import dev.trial.engine.shrink.Shrunk;
import dev.trial.engine.shrink.Sign;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import dev.trial.engine.work.Cores;
import dev.trial.results.store.RunDirectory;
import dev.trial.results.store.RunSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A run made small in simulation: confirmed by replay, stored, printed. */
final class SimulatedShrink implements AutoCloseable {
  private final Path out;
  private final Target target;
  private final Cores cores = Cores.ofMachine();
  private final Shrinking shrinking;
  private final RunResult whole;

  SimulatedShrink(RunSpec spec, Path out, Shrinking.Budget time, Consumer<String> progress) {
    this.out = out;
    this.target = Targets.open(spec.target(), spec.client());
    this.shrinking = new Shrinking(target, cores, time, progress);
    this.whole = shrinking.hold(spec);
  }

  /** What the run shows. */
  List<Sign> shown(Path run) {
    if (whole.outcome() == null || whole.outcome().outcome() == Outcome.ERROR) {
      throw new UsageException(run + ": cannot be held here: " + whole.summary().reason());
    }
    return Sign.of(whole.outcome());
  }

  /** False, too, where the run cannot be held in simulation. */
  boolean shows(Sign sign) {
    return whole.outcome() != null && sign.in(whole.outcome()) != null;
  }

  /**
   * The exit code. What does not replay is no finding: it is held again before it is stored.
   *
   * @param of the name of the run as it was
   */
  int shrink(Sign sign, String of) {
    Shrunk shrunk = shrinking.shrink(whole, sign);
    RunResult smallest = shrunk.smallest();
    RunSpec spec = smallest.request().spec();
    Replay.Comparison again =
        Replay.compare(target, spec, smallest.history(), smallest.summary().traceHash());
    if (again.ending() != Replay.Ending.IDENTICAL) {
      again.lines().forEach(System.err::println);
      return ExitCode.HARNESS_ERROR;
    }
    RunSummary kept = store(spec, of + ShrinkCommand.SUFFIX);
    BeforeAndAfter.keep(RunDirectory.open(Path.of(kept.directory())), shrunk, of);
    ShrunkText.lines(shrunk, kept).forEach(System.out::println);
    again.lines().forEach(System.out::println);
    return ExitCode.AS_EXPECTED;
  }

  private RunSummary store(RunSpec spec, String name) {
    RunRequest request =
        new RunRequest(name, spec, Experiments.of(spec), Experiments.claimOf(spec).sentence());
    return new RunHouse(target, out).run(request).summary();
  }

  @Override
  public void close() {
    cores.close();
    target.close();
  }
}
