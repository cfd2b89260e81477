package dev.trial.engine.shrink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.claims.Claim;
import dev.trial.claims.Claims;
import dev.trial.claims.Experiment;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.SpecCheck;
import dev.trial.engine.campaign.Specs;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every reduction of every experiment of the catalogue. */
class ReductionsTest {
  private static final Target SIMULATION = Targets.simulation(held -> {});

  @Test
  void whatIsReducedIsTheSameRunMadeSmaller() {
    Set<Class<?>> gave = new HashSet<>();
    for (Claim claim : Claims.all().values()) {
      for (Experiment half : claim.halves()) {
        RunSpec spec =
            Specs.of(claim, half, SIMULATION, Targets.DEFAULT_CLIENT, 1, Specs.Overrides.NONE);
        for (Reduction reduction : all()) {
          List<RunSpec> candidates = reduction.of(spec);
          for (RunSpec candidate : candidates) {
            gave.add(reduction.getClass());
            String what = claim.name(half) + " with fewer " + reduction.what();
            sameRun(what, spec, candidate);
            notLarger(what, spec, candidate, mayLast(reduction));
          }
          // the boldest stands for the others: what they change differs in degree
          candidates.stream().findFirst().ifPresent(each -> SpecCheck.check(each, "spec"));
        }
      }
    }
    assertEquals(all().size(), gave.size(), gave.toString());
  }

  private static List<Reduction> all() {
    List<Reduction> all = new ArrayList<>(Shrinking.REDUCTIONS);
    all.removeIf(FewerRecords.class::isInstance); // which takes a history, as ShrinkingTest has
    all.add(Shrinking.LAST);
    return all;
  }

  /** Rounding may move a time up to the next round one; few operations may take their time. */
  private static boolean mayLast(Reduction reduction) {
    return reduction instanceof RounderTimes || reduction instanceof SparserLoad;
  }

  private static void sameRun(String what, RunSpec spec, RunSpec candidate) {
    assertNotEquals(spec, candidate, what);
    assertEquals(spec.seed(), candidate.seed(), what);
    assertEquals(spec.claim(), candidate.claim(), what);
    assertEquals(spec.workload(), candidate.workload(), what);
    assertEquals(spec.client(), candidate.client(), what);
    assertEquals(spec.mutants(), candidate.mutants(), what);
    assertEquals(spec.profile().topic(), candidate.profile().topic(), what);
    assertEquals(spec.profile().producer(), candidate.profile().producer(), what);
    assertEquals(spec.profile().consumer(), candidate.profile().consumer(), what);
    Map<String, String> settings = new TreeMap<>(candidate.profile().broker());
    int brokers = candidate.profile().shape().brokers();
    for (String replicas : SmallerCluster.INTERNAL) {
      int now = Integer.parseInt(settings.getOrDefault(replicas, "3"));
      assertTrue(now <= brokers || brokers == spec.profile().shape().brokers(), what);
      String before = spec.profile().broker().get(replicas);
      if (before == null) {
        settings.remove(replicas);
      } else {
        settings.put(replicas, before);
      }
    }
    assertEquals(spec.profile().broker(), settings, what);
  }

  private static void notLarger(String what, RunSpec spec, RunSpec candidate, boolean mayLast) {
    assertTrue(candidate.faults().size() <= spec.faults().size(), what);
    assertTrue(mayLast || candidate.loadMs() <= spec.loadMs(), what);
    assertTrue(clients(candidate) <= clients(spec), what);
    assertTrue(Size.partitions(Specs.plan(candidate)) <= Size.partitions(Specs.plan(spec)), what);
    assertTrue(
        candidate.profile().shape().brokers() <= spec.profile().shape().brokers()
            && candidate.profile().shape().controllers() <= spec.profile().shape().controllers(),
        what);
  }

  private static int clients(RunSpec spec) {
    return Specs.plan(spec).clients().size();
  }
}
