package dev.trial.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Leadership.Election;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.results.store.Shrinkage;
import dev.trial.results.story.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A run that was made small: its sizes before and after, and what happens in it, in sentences. */
final class StorySection implements Section {
  /** One that needs more was not made small, and its faults stand in a table anyway. */
  private static final int LINES_MOST = 40;

  private final Shrinkage shrinkage;
  private final Set<PartitionId> about;
  private final List<Operation> told = new ArrayList<>();

  /**
   * Of a run.
   *
   * @param about partitions whose leaders matter
   */
  StorySection(Shrinkage shrinkage, Set<PartitionId> about) {
    this.shrinkage = shrinkage;
    this.about = about;
  }

  @Override
  public void see(Operation operation) {
    if (told.size() < LINES_MOST && tells(operation.action())) {
      told.add(operation);
    }
  }

  private boolean tells(Action action) {
    if (action instanceof Action.Nemesis fault) {
      return fault.edge() == Action.Nemesis.Edge.BEGIN;
    }
    return action instanceof Action.Leadership change
        && change.election() != Election.SAME
        && about.contains(change.partition());
  }

  @Override
  public void describe(ObjectNode report) {
    report.set("shrunk", shrinkage.toJson());
    ArrayNode story = report.putArray("story");
    for (Operation operation : told) {
      story
          .addObject()
          .put("t", Times.seconds(operation.timeNs()))
          .put("text", sentence(operation.action()));
    }
  }

  private static String sentence(Action action) {
    return action instanceof Action.Nemesis fault
        ? sentence(Story.clause(fault))
        : election((Action.Leadership) action);
  }

  private static String sentence(String clause) {
    return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
  }

  private static String election(Action.Leadership change) {
    if (change.leader() < 0) {
      return change.partition() + " has no leader.";
    }
    return "Broker "
        + change.leader()
        + " leads "
        + change.partition()
        + " from now on, in leader epoch "
        + change.leaderEpoch()
        + (change.election() == Election.UNCLEAN ? ", elected though it was not in sync." : ".");
  }
}
