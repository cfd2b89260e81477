package dev.trial.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Rebalance.Change;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Per group and partition: which process owned it from when to when, as its listener told. */
final class GroupSection implements Section {
  private final Map<String, Map<PartitionId, List<Span>>> groups = new TreeMap<>();

  private static final class Span {
    private final int process;
    private final int generation;
    private final double from;
    private double to = -1;

    Span(int process, int generation, double from) {
      this.process = process;
      this.generation = generation;
      this.from = from;
    }
  }

  @Override
  public void see(Operation operation) {
    if (operation.action() instanceof Action.Rebalance rebalance) {
      for (PartitionId partition : rebalance.partitions()) {
        change(operation, rebalance, partition);
      }
    } else if (operation.action() instanceof Action.End) {
      closeAll(operation.process(), Times.seconds(operation.timeNs()));
    }
  }

  private void change(Operation operation, Action.Rebalance rebalance, PartitionId partition) {
    List<Span> spans =
        groups
            .computeIfAbsent(rebalance.group(), group -> new TreeMap<>())
            .computeIfAbsent(partition, id -> new ArrayList<>());
    double t = Times.seconds(operation.timeNs());
    if (rebalance.change() == Change.ASSIGNED) {
      spans.add(new Span(operation.process(), rebalance.generation(), t));
    } else {
      close(spans, operation.process(), t);
    }
  }

  private void closeAll(int process, double t) {
    groups.values().forEach(partitions -> partitions.values().forEach(s -> close(s, process, t)));
  }

  private static void close(List<Span> spans, int process, double t) {
    for (Span span : spans) {
      if (span.process == process && span.to < 0) {
        span.to = t;
      }
    }
  }

  @Override
  public void describe(ObjectNode report) {
    ArrayNode list = report.putArray("groups");
    groups.forEach(
        (group, partitions) ->
            partitions.forEach(
                (partition, spans) -> {
                  ObjectNode node = list.addObject();
                  node.put("group", group);
                  node.put("partition", partition.toString());
                  ArrayNode nodes = node.putArray("spans");
                  for (Span span : spans) {
                    nodes
                        .addArray()
                        .add(span.from)
                        .add(span.to)
                        .add(span.process)
                        .add(span.generation);
                  }
                }));
  }
}
