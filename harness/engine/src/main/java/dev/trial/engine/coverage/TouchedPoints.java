package dev.trial.engine.coverage;

import dev.trial.core.history.Action;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads from a history what its run has touched. */
public final class TouchedPoints {
  private final SortedSet<String> points = new TreeSet<>();
  private final UnderWay underWay = new UnderWay();

  private TouchedPoints() {}

  /** The points of a run, sorted. */
  public static SortedSet<String> of(History history) {
    TouchedPoints touched = new TouchedPoints();
    for (Operation operation : history.operations()) {
      touched.see(operation);
      touched.underWay.see(operation);
    }
    return touched.points;
  }

  private void see(Operation operation) {
    Action action = operation.action();
    if (action instanceof Action.Nemesis fault) {
      fault(fault);
    } else if (action instanceof Action.Leadership change) {
      change("election", change.election());
    } else if (action instanceof Action.Node node) {
      change(role(node.node()), node.change());
    } else if (action instanceof Action.Rebalance rebalance) {
      change("partitions", rebalance.change());
    } else if (action instanceof Action.Described group && group.type() != null) {
      points.add(Dimension.CHANGE.point("group of type " + group.type()));
    }
    if (action.error() != null && !(action instanceof Action.Nemesis)) {
      points.add(Dimension.ERROR.point(action.name() + ": " + className(action.error())));
    }
  }

  private void fault(Action.Nemesis fault) {
    if (fault.edge() != Action.Nemesis.Edge.BEGIN || fault.hit().isEmpty()) {
      return;
    }
    points.add(FaultPoint.of(fault.fault().fault().kind(), fault.fault().whom()));
    String kind = fault.fault().fault().kind().id();
    underWay.now().forEach(doing -> points.add(Dimension.WHILE.point(kind + " in " + doing)));
  }

  private void change(String what, Enum<?> how) {
    points.add(
        Dimension.CHANGE.point(what + " " + how.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
  }

  private static String role(String node) {
    int dash = node.indexOf('-');
    return dash < 0 ? node : node.substring(0, dash);
  }

  /** What went wrong is told as class and message; messages have offsets and names in them. */
  private static String className(String error) {
    int end = 0;
    while (end < error.length()
        && (Character.isJavaIdentifierPart(error.charAt(end)) || error.charAt(end) == '.')) {
      end++;
    }
    String name = error.substring(0, end);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
