package dev.trial.engine.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.core.fault.FaultKind;
import dev.trial.core.run.PhaseTimes;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.targets.OperationSink;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Real time is dear, but a run that cannot meet what its claim is about is wasted. */
class LengthsOfLiveRunsTest {
  private static final long MINUTE_MS = 60_000;

  @Test
  void aLiveRunIsShorterThanASimulatedOne() {
    assertTrue(loadMs("acks-all-min-isr-2", new Live(), Specs.Overrides.NONE) < MINUTE_MS);
    assertEquals(MINUTE_MS, simulatedMs("acks-all-min-isr-2"));
  }

  @Test
  void unlessItsClaimNeedsMore() {
    assertEquals(3 * MINUTE_MS, loadMs("delayed-end-txn", new Live(), Specs.Overrides.NONE));
    assertEquals(3 * MINUTE_MS, loadMs("hanging-transaction", new Live(), Specs.Overrides.NONE));
    assertEquals(MINUTE_MS, simulatedMs("delayed-end-txn"));
  }

  @Test
  void whatTheUserAsksForCounts() {
    Specs.Overrides asked = new Specs.Overrides(45_000, List.of());
    assertEquals(45_000, loadMs("delayed-end-txn", new Live(), asked));
  }

  private static long simulatedMs(String claim) {
    return loadMs(claim, Targets.simulation(held -> {}), Specs.Overrides.NONE);
  }

  private static long loadMs(String id, Target target, Specs.Overrides overrides) {
    Claim claim = Claims.all().get(id);
    RunSpec spec =
        Specs.of(claim, claim.halves().get(0), target, Targets.DEFAULT_CLIENT, 1, overrides);
    return spec.loadMs();
  }

  /** Any cluster that is no simulation; none is opened. */
  private static final class Live implements Target {
    @Override
    public String name() {
      return "reference";
    }

    @Override
    public boolean simulated() {
      return false;
    }

    @Override
    public PhaseTimes times() {
      return PhaseTimes.LIVE;
    }

    @Override
    public Optional<String> refusal(FaultKind fault) {
      return Optional.empty();
    }

    @Override
    public Opened open(RunSpec spec, OperationSink sink, Path directory) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
