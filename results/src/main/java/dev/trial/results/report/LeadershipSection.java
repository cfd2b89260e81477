package dev.trial.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Per partition: who led when, in which epoch, with which in-sync replicas, and how it was elected.
 */
final class LeadershipSection implements Section {
  private final Map<PartitionId, List<Operation>> changes = new TreeMap<>();

  @Override
  public void see(Operation operation) {
    if (operation.action() instanceof Action.Leadership change) {
      changes.computeIfAbsent(change.partition(), id -> new ArrayList<>()).add(operation);
    }
  }

  @Override
  public void describe(ObjectNode report) {
    ArrayNode list = report.putArray("leadership");
    changes.forEach(
        (partition, operations) -> {
          ObjectNode node = list.addObject();
          node.put("partition", partition.toString());
          ArrayNode spans = node.putArray("spans");
          for (Operation operation : operations) {
            Action.Leadership change = (Action.Leadership) operation.action();
            ObjectNode span = spans.addObject();
            span.put("t", Times.seconds(operation.timeNs()));
            span.put("leader", change.leader());
            span.put("epoch", change.leaderEpoch());
            span.put("isr", change.inSyncReplicas().toString());
            span.put(
                "election", change.election().name().toLowerCase(Locale.ROOT).replace('_', ' '));
          }
        });
  }
}
