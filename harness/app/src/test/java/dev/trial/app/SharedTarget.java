package dev.trial.app;

import dev.trial.core.fault.FaultKind;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.PhaseTimes;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.targets.OperationSink;
import dev.trial.engine.targets.Target;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A target that stays open for all tests of this JVM: its realms are loaded, and their code is
 * compiled, once.
 */
record SharedTarget(Target target) implements Target {
  @Override
  public String name() {
    return target.name();
  }

  @Override
  public boolean simulated() {
    return target.simulated();
  }

  @Override
  public PhaseTimes times() {
    return target.times();
  }

  @Override
  public Optional<String> refusal(FaultKind fault) {
    return target.refusal(fault);
  }

  @Override
  public Optional<String> refusal(Profile profile) {
    return target.refusal(profile);
  }

  @Override
  public Opened open(RunSpec spec, OperationSink sink, Path directory) {
    return target.open(spec, sink, directory);
  }

  @Override
  public void close() {
    // open for whoever comes next
  }
}
