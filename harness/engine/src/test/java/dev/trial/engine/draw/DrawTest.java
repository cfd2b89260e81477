package dev.trial.engine.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.fault.FaultKind;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.RunSpecJson;
import dev.trial.engine.campaign.SpecCheck;
import dev.trial.engine.targets.Target;
import dev.trial.engine.targets.Targets;
import dev.trial.nemesis.schedule.Schedules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrawTest {
  private static final long SEEDS = 400;

  private final Target target = Targets.open("sim", Targets.DEFAULT_CLIENT);

  @AfterEach
  void close() {
    target.close();
  }

  private Draw draw() {
    return new Draw(target, Targets.DEFAULT_CLIENT, List.of("ack-before-in-sync"));
  }

  private static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @Test
  void everySeedIsARunThatAFileCanHold() {
    Draw draw = draw();
    seeds()
        .forEach(
            seed -> {
              RunSpec spec = draw.of(seed).request().spec();
              SpecCheck.check(spec, "seed " + seed);
              assertEquals(spec, RunSpecJson.parse(RunSpecJson.print(spec), "seed " + seed));
              assertEquals(List.of("ack-before-in-sync"), spec.mutants());
            });
  }

  /** Whatever was drawn before it, and by whom. */
  @Test
  void aSeedIsTheSameRunInAnyOrder() {
    Draw forwards = draw();
    Draw backwards = draw();
    List<RunSpec> one = seeds().mapToObj(seed -> forwards.of(seed).request().spec()).toList();
    for (long seed = SEEDS; seed >= 1; seed--) {
      assertEquals(one.get((int) seed - 1), backwards.of(seed).request().spec());
    }
  }

  /** What a swarm is for: all kinds of faults and workloads, and cluster sizes, come. */
  @Test
  void everyKindOfFaultAndWorkloadComes() {
    Draw draw = draw();
    Set<FaultKind> kinds = new TreeSet<>();
    Set<String> touched = new TreeSet<>();
    LongStream.rangeClosed(1, 4 * SEEDS)
        .forEach(
            seed -> {
              Drawn drawn = draw.of(seed);
              kinds.addAll(Schedules.families(drawn.request().spec().faults()));
              touched.addAll(drawn.planned());
            });
    assertEquals(Set.of(FaultKind.values()), kinds);
    assertTrue(touched.contains("workload:bursts"));
    assertTrue(touched.contains("claim:acks-all-min-isr-2"));
    assertTrue(touched.contains("cluster:5 brokers, 5 controllers"));
  }
}
