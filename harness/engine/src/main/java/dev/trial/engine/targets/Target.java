package dev.trial.engine.targets;

import dev.trial.core.fault.FaultKind;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.Environment;
import dev.trial.core.run.PhaseTimes;
import dev.trial.core.run.RunRecorder;
import dev.trial.core.run.RunSpec;
import java.nio.file.Path;
import java.util.Optional;

/** A kind of world that runs can be held in. */
public interface Target extends AutoCloseable {

  /** The name as typed: sim, reference, kafka:4.3.1, … */
  String name();

  /** True where time is virtual and a spec gives the same history byte for byte. */
  boolean simulated();

  /** How long each phase may take. */
  PhaseTimes times();

  /** Why this target cannot do a fault; empty if it can. */
  Optional<String> refusal(FaultKind fault);

  /** Why this target proves nothing under these settings; empty if it does. */
  default Optional<String> refusal(Profile profile) {
    return Optional.empty();
  }

  /**
   * Opens the target for one run.
   *
   * @param sink gets each operation as it is recorded
   * @param directory of the run, for logs and what processes need; null if nothing is kept
   */
  Opened open(RunSpec spec, OperationSink sink, Path directory);

  @Override
  void close();

  /** An open target and the recorder of its run. */
  record Opened(Environment environment, RunRecorder recorder) {}
}
