package dev.trial.engine.shrink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.core.history.Action;
import dev.trial.core.history.Stage;
import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import dev.trial.engine.work.Cores;
import dev.trial.results.story.Story;
import dev.trial.workloads.plan.KnownParameters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs of the simulation, made small. */
class ShrinkingTest {
  private static final int FAULTS_MOST = 3;
  private static final int OPERATIONS_MOST = 20;

  /** A loss that acks=1 allows: a run with ten faults, four clients and thousands of operations. */
  @Test
  void aLossIsLeftWithTheFaultsThatMatterOnAnyNumberOfCores() {
    try (Target target = Targets.open(RunSpec.SIMULATION, Targets.DEFAULT_CLIENT)) {
      Shrunk one = shrunk(target, 1);
      assertTrue(one.after().faults() <= FAULTS_MOST, one.after().toString());
      assertTrue(one.after().operations() <= OPERATIONS_MOST, one.after().toString());
      assertTrue(one.before().operations() > OPERATIONS_MOST, one.before().toString());
      assertNotNull(one.sign().in(one.smallest().outcome()));
      assertEquals(one.after().faults(), Story.of(one.smallest().history()).size());
      Shrunk two = shrunk(target, 2);
      assertEquals(one.smallest().request().spec(), two.smallest().request().spec());
      assertEquals(one.smallest().summary().traceHash(), two.smallest().summary().traceHash());
    }
  }

  /** What is passed over leaves the others when and as they were. */
  @Test
  void recordsAreLeftOutOneByOne() {
    try (Target target = Targets.open(RunSpec.SIMULATION, Targets.DEFAULT_CLIENT);
        Cores cores = new Cores(1)) {
      Shrinking shrinking = new Shrinking(target, cores, () -> true, step -> {});
      RunResult whole = shrinking.hold(spec(target).withFaults(List.of()).withLoadMs(1_000));
      List<Long> sent = sent(whole);
      String one = String.valueOf(sent.get(sent.size() / 2));
      String most = sent.get(0) + "-" + sent.get(sent.size() - 1);
      assertEquals(List.of(Long.valueOf(one)), sent(shrinking.hold(with(whole, one))));
      assertEquals(sent, sent(shrinking.hold(with(whole, most))));
    }
  }

  private static RunSpec with(RunResult whole, String values) {
    RunSpec spec = whole.request().spec();
    return spec.withParameters(spec.parameters().with(KnownParameters.VALUES, values));
  }

  private static List<Long> sent(RunResult run) {
    return run.history().operations().stream()
        .filter(each -> each.stage() == Stage.INVOKE && each.action() instanceof Action.Send)
        .map(each -> ((Action.Send) each.action()).value())
        .sorted()
        .toList();
  }

  @Test
  void anAnomalyThatTheRunDoesNotShowIsRefused() {
    try (Target target = Targets.open(RunSpec.SIMULATION, Targets.DEFAULT_CLIENT);
        Cores cores = new Cores(1)) {
      Shrinking shrinking = new Shrinking(target, cores, () -> false, step -> {});
      RunResult whole = shrinking.hold(spec(target));
      Sign other = new Sign(AnomalyKind.LOST_WRITE, Cause.UNCLEAN_ELECTION);
      assertThrows(UsageException.class, () -> shrinking.shrink(whole, other));
    }
  }

  @Test
  void withoutBudgetTheRunStaysAsItIs() {
    try (Target target = Targets.open(RunSpec.SIMULATION, Targets.DEFAULT_CLIENT);
        Cores cores = new Cores(1)) {
      Shrinking shrinking = new Shrinking(target, cores, () -> true, step -> {});
      RunResult whole = shrinking.hold(spec(target));
      Shrunk shrunk = shrinking.shrink(whole, Sign.of(whole.outcome()).get(0));
      assertEquals(spec(target), shrunk.smallest().request().spec());
      assertEquals(shrunk.before(), shrunk.after());
      assertTrue(shrunk.cutShort());
    }
  }

  private static Shrunk shrunk(Target target, int cores) {
    try (Cores threads = new Cores(cores)) {
      Shrinking shrinking = new Shrinking(target, threads, () -> false, step -> {});
      RunResult whole = shrinking.hold(spec(target));
      return shrinking.shrink(whole, Sign.of(whole.outcome()).get(0));
    }
  }

  private static RunSpec spec(Target target) {
    Claim claim = Claims.all().get("acks-1-tail-loss");
    Specs.Overrides shorter = new Specs.Overrides(20_000, List.of());
    return Specs.of(claim, claim.halves().get(0), target, Targets.DEFAULT_CLIENT, 1, shorter);
  }
}
