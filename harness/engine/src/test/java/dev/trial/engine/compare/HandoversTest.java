package dev.trial.engine.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoversTest {
  private static final PartitionId P0 = new PartitionId("orders", 0);

  private final List<Operation> operations = new ArrayList<>();

  private void at(long ms, int process, Action action) {
    operations.add(
        new Operation(
            operations.size(),
            ms * 1_000_000,
            process,
            Stage.INFO,
            Operation.NO_INVOCATION,
            action));
  }

  private void phase(long ms, Action.Phase.Name name) {
    at(ms, -1, new Action.Phase(name));
  }

  private void rebalance(long ms, int process, String group, Change change) {
    at(ms, process, new Action.Rebalance(group, change, List.of(P0), 1, "member"));
  }

  private List<Long> unowned() {
    return Handovers.unownedMs(new History(operations));
  }

  @Test
  void fromTheEndOfOneHoldToTheNext() {
    phase(0, Action.Phase.Name.LOAD);
    rebalance(100, 1, "g", Change.ASSIGNED);
    rebalance(500, 1, "g", Change.REVOKED);
    rebalance(700, 2, "g", Change.ASSIGNED);
    at(1_000, 2, new Action.End(Action.End.How.CRASHED, null));
    rebalance(7_000, 1, "g", Change.ASSIGNED);
    assertEquals(List.of(200L, 6_000L), unowned());
  }

  /** The first owner found it free; another group's hold, or a second owner's, is no gap. */
  @Test
  void onlyWhereNobodyHadIt() {
    phase(0, Action.Phase.Name.LOAD);
    rebalance(100, 1, "g", Change.ASSIGNED);
    rebalance(200, 1, "other", Change.ASSIGNED);
    rebalance(300, 2, "g", Change.ASSIGNED);
    at(400, 1, new Action.End(Action.End.How.CRASHED, null));
    rebalance(500, 3, "other", Change.ASSIGNED);
    assertEquals(List.of(100L), unowned());
  }

  @Test
  void whatEndsAfterTheLoadDoesNotCount() {
    phase(0, Action.Phase.Name.LOAD);
    rebalance(100, 1, "g", Change.ASSIGNED);
    rebalance(500, 1, "g", Change.LOST);
    phase(600, Action.Phase.Name.HEAL);
    rebalance(700, 2, "g", Change.ASSIGNED);
    rebalance(800, 2, "g", Change.REVOKED);
    rebalance(900, 1, "g", Change.ASSIGNED);
    assertEquals(List.of(), unowned());
  }
}
