package dev.trial.workloads.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.profile.Profile;
import dev.trial.core.run.ClientPlan;
import dev.trial.core.run.Parameters;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload.Plan;
import dev.trial.core.world.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What parameters take away from the plan of every workload. */
class SmallerPlansTest {

  @Test
  void anyClientCanBeLeftOutAndTheOthersStayAsTheyAre() {
    for (String workload : Workloads.all().keySet()) {
      Plan whole = plan(workload, Parameters.of());
      for (ClientPlan left : whole.clients()) {
        Plan smaller = plan(workload, Parameters.of(KnownParameters.WITHOUT, left.name()));
        List<String> others =
            whole.clients().stream()
                .map(ClientPlan::name)
                .filter(n -> !n.equals(left.name()))
                .toList();
        assertEquals(others, smaller.clients().stream().map(ClientPlan::name).toList(), workload);
        assertEquals(whole.topics(), smaller.topics(), workload);
      }
    }
  }

  /** A judged group that nobody is in any more would make every run unknown. */
  @Test
  void aGroupGoesWithItsLastMember() {
    for (String workload : Workloads.all().keySet()) {
      Plan whole = plan(workload, Parameters.of());
      for (String group : whole.groups()) {
        List<String> members =
            whole.clients().stream()
                .filter(each -> group.equals(each.settings().get("group.id")))
                .map(ClientPlan::name)
                .toList();
        String names = String.join(",", members);
        assertTrue(
            members.isEmpty()
                || !plan(workload, Parameters.of(KnownParameters.WITHOUT, names))
                    .groups()
                    .contains(group),
            workload);
      }
    }
  }

  @Test
  void producersStartWhenToldTo() {
    for (String workload : Workloads.all().keySet()) {
      plan(workload, Parameters.of(KnownParameters.SEND_FROM_MS, 700)).clients().stream()
          .filter(each -> each.kind() == Kind.PRODUCER)
          .forEach(each -> assertEquals(700, each.startAtMs(), workload));
    }
  }

  private static Plan plan(String workload, Parameters parameters) {
    RunSpec spec =
        new RunSpec(
            null,
            workload,
            parameters,
            Profile.DEFAULTS,
            RunSpec.SIMULATION,
            "4.3.1",
            1,
            60_000,
            List.of(),
            List.of());
    return Workloads.of(workload).plan(spec, new RandomStream(1).fork("workload"));
  }
}
