package dev.trial.engine.shrink;

import dev.trial.core.cluster.TopicSpec;
import dev.trial.core.history.Action;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.run.RunSpec;
import dev.trial.core.run.Workload;
import dev.trial.engine.campaign.Specs;
import java.util.HashSet;
import java.util.Set;

/**
 * How large a run is.
 *
 * @param operations what its clients did: sends, polls that returned something, commits and steps
 *     of transactions, without the final read
 * @param nodes brokers and controllers
 */
public record Size(
    int faults, int clients, int operations, int partitions, int nodes, long loadMs) {

  /** The size of a run that was held. */
  public static Size of(RunSpec spec, History history) {
    Workload.Plan plan = Specs.plan(spec);
    return new Size(
        spec.faults().size(),
        plan.clients().size(),
        operations(history),
        partitions(plan),
        spec.profile().shape().brokers() + spec.profile().shape().controllers(),
        spec.loadMs());
  }

  static int partitions(Workload.Plan plan) {
    return plan.topics().stream().mapToInt(TopicSpec::partitions).sum();
  }

  private static int operations(History history) {
    Set<Integer> readers = new HashSet<>();
    int count = 0;
    for (Operation operation : history.operations()) {
      if (operation.action() instanceof Action.Start start
          && start.kind() == Action.Start.Kind.READER) {
        readers.add(operation.process());
      }
      count += counts(operation) && !readers.contains(operation.process()) ? 1 : 0;
    }
    return count;
  }

  private static boolean counts(Operation operation) {
    Action action = operation.action();
    if (action instanceof Action.Poll poll) {
      return !poll.records().isEmpty();
    }
    boolean asked =
        action instanceof Action.Send
            || action instanceof Action.Commit
            || action instanceof Action.Producing;
    return asked && operation.stage() == Stage.INVOKE;
  }
}
