package dev.trial.workloads.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.ClientProgram;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.core.run.Workload.Plan;
import dev.trial.core.world.RandomStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

  @Test
  void everyProgramExistsAndCanBeMade() throws ReflectiveOperationException {
    for (Workload workload : Workloads.all().values()) {
      Plan plan = plan(workload, Parameters.of());
      Set<String> programs = new TreeSet<>(Set.of(plan.finalReader()));
      plan.clients().forEach(client -> programs.add(client.program()));
      for (String program : programs) {
        Object made = Class.forName(program).getConstructor().newInstance();
        assertTrue(made instanceof ClientProgram, program);
      }
    }
  }

  @Test
  void namesAndValuesOfClientsAreUnique() {
    for (Workload workload : Workloads.all().values()) {
      Set<String> names = new TreeSet<>();
      Set<String> numbers = new TreeSet<>();
      for (ClientPlan client : plan(workload, Parameters.of()).clients()) {
        assertTrue(names.add(client.name()), workload.id() + ": " + client.name());
        if (client.kind() == Kind.PRODUCER) {
          assertTrue(numbers.add(client.parameters().text("number", "")), workload.id());
        }
      }
    }
  }

  @Test
  void judgedGroupsHaveMembers() {
    for (Workload workload : Workloads.all().values()) {
      Plan plan = plan(workload, Parameters.of());
      for (String group : plan.groups()) {
        assertTrue(
            plan.clients().stream()
                .anyMatch(client -> group.equals(client.settings().get("group.id"))),
            workload.id() + ": " + group);
      }
    }
  }

  @Test
  void parametersOfTheSpecWin() {
    Plan plan =
        plan(Workloads.of("produce-consume"), Parameters.of("producers", 4, "interval-ms", 7));
    List<ClientPlan> producers =
        plan.clients().stream().filter(client -> client.kind() == Kind.PRODUCER).toList();
    assertEquals(4, producers.size());
    assertEquals(7, producers.get(3).parameters().number("interval-ms", 0));
  }

  @Test
  void smallMemorySettingsReachTheProducers() {
    Plan plan = plan(Workloads.of("memory-pressure"), Parameters.of());
    assertEquals(4, plan.topics().size());
    assertEquals("4096", plan.clients().get(0).settings().get("buffer.memory"));
  }

  @Test
  void anUnknownIdIsRefusedWithTheNearestOne() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Workloads.of("produce"));
    assertTrue(error.getMessage().contains("produce-consume"));
  }

  private static Plan plan(Workload workload, Parameters parameters) {
    RunSpec spec =
        new RunSpec(
            null,
            workload.id(),
            parameters,
            Profile.DEFAULTS,
            "sim",
            "2.8.2",
            1,
            60_000,
            List.of(),
            List.of());
    return workload.plan(spec, new RandomStream(1));
  }
}
