package dev.trial.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.history.Action;
import dev.trial.core.history.Delivered;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Records acknowledged but not yet delivered to the consumers, over time. */
final class LagSection implements Section {
  private static final long STEP_NS = 500_000_000L;

  private final Set<Integer> readers = new HashSet<>();
  private final Map<PartitionId, Long> ends = new HashMap<>();
  private final Map<PartitionId, Long> positions = new HashMap<>();
  private final TreeMap<Long, Long> lagAt = new TreeMap<>();

  @Override
  public void see(Operation operation) {
    Action action = operation.action();
    if (action instanceof Action.Start start && start.kind() == Action.Start.Kind.READER) {
      readers.add(operation.process());
    } else if (operation.stage() == Stage.OK && action instanceof Action.Send send) {
      if (send.offset() >= 0) {
        ends.merge(send.partitionId(), send.offset() + 1, Math::max);
        sample(operation);
      }
    } else if (operation.stage() == Stage.OK && action instanceof Action.Poll poll) {
      deliver(operation, poll);
    }
  }

  private void deliver(Operation operation, Action.Poll poll) {
    if (readers.contains(operation.process()) || poll.records().isEmpty()) {
      return;
    }
    for (Delivered record : poll.records()) {
      positions.merge(record.partition(), record.offset() + 1, Math::max);
    }
    sample(operation);
  }

  private void sample(Operation operation) {
    long step = operation.timeNs() / STEP_NS;
    if (!lagAt.isEmpty() && lagAt.lastKey() == step) {
      return;
    }
    long lag = 0;
    for (Map.Entry<PartitionId, Long> end : ends.entrySet()) {
      lag += Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L));
    }
    lagAt.put(step, lag);
  }

  @Override
  public void describe(ObjectNode report) {
    ObjectNode node = report.putObject("lag");
    ArrayNode times = node.putArray("t");
    ArrayNode records = node.putArray("records");
    if (positions.isEmpty()) {
      return;
    }
    lagAt.forEach(
        (step, lag) -> {
          times.add(step * (STEP_NS / 1e9));
          records.add(lag);
        });
  }
}
