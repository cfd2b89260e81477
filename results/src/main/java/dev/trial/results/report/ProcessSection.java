package dev.trial.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.history.Action;
import dev.trial.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A lane per client process: from start to end, with what it did at most every few milliseconds.
 */
final class ProcessSection implements Section {
  private static final long MARK_EVERY_NS = 40_000_000L;

  private final Map<Integer, Lane> lanes = new TreeMap<>();

  private static final class Lane {
    private String client = "";
    private int incarnation;
    private String kind = "";
    private String how = "";
    private long fromNs;
    private long toNs;
    private final Map<String, Long> lastMarkNs = new TreeMap<>();
    private final List<Mark> marks = new ArrayList<>();
  }

  private record Mark(double t, String name, String stage) {}

  @Override
  public void see(Operation operation) {
    if (operation.process() == Operation.HARNESS) {
      return;
    }
    Lane lane = lanes.computeIfAbsent(operation.process(), id -> new Lane());
    lane.toNs = operation.timeNs();
    if (operation.action() instanceof Action.Start start) {
      lane.client = start.client();
      lane.incarnation = start.incarnation();
      lane.kind = start.kind().name().toLowerCase(Locale.ROOT);
      lane.fromNs = operation.timeNs();
    } else if (operation.action() instanceof Action.End end) {
      lane.how = end.how().name().toLowerCase(Locale.ROOT);
    } else {
      mark(lane, operation);
    }
  }

  private static void mark(Lane lane, Operation operation) {
    if (operation.action() instanceof Action.Poll poll && poll.records().isEmpty()) {
      return;
    }
    String kind = operation.action().name() + operation.stage().id();
    Long lastNs = lane.lastMarkNs.get(kind);
    if (lastNs == null || operation.timeNs() - lastNs >= MARK_EVERY_NS) {
      lane.lastMarkNs.put(kind, operation.timeNs());
      lane.marks.add(
          new Mark(
              Times.seconds(operation.timeNs()),
              operation.action().name(),
              operation.stage().id()));
    }
  }

  @Override
  public void describe(ObjectNode report) {
    ArrayNode list = report.putArray("processes");
    for (Map.Entry<Integer, Lane> entry : lanes.entrySet()) {
      Lane lane = entry.getValue();
      ObjectNode node = list.addObject();
      node.put("id", entry.getKey());
      node.put("client", lane.client);
      node.put("incarnation", lane.incarnation);
      node.put("kind", lane.kind);
      node.put("how", lane.how);
      node.put("from", Times.seconds(lane.fromNs));
      node.put("to", Times.seconds(lane.toNs));
      ArrayNode marks = node.putArray("marks");
      for (Mark mark : lane.marks) {
        marks.addArray().add(mark.t()).add(mark.name()).add(mark.stage());
      }
    }
  }
}
