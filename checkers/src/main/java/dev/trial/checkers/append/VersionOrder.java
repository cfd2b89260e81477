package dev.trial.checkers.append;

import dev.trial.checkers.append.RegisterFacts.Step;
import dev.trial.checkers.append.RegisterFacts.Touch;
import dev.trial.checkers.graph.Dependency;
import dev.trial.checkers.graph.DependencyGraph;
import dev.trial.checkers.graph.GraphBuilder;
import dev.trial.checkers.graph.RealTimeOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Which versions of a register stand before which, as far as a history shows it. A register does
 * not show its former versions, so this is less than a list tells (Elle, VLDB 2020, section 4.2.2,
 * on recoverable version orders).
 */
final class VersionOrder {
  private VersionOrder() {}

  /** Who read one version and wrote another put the second behind the first. */
  static List<Step> byTransactions(RegisterFacts register) {
    List<Step> steps = new ArrayList<>();
    for (Touch each : register.touches()) {
      if (each.wrote() && each.first() != each.last()) {
        steps.add(new Step(each.first(), each.last(), each.transaction(), each.transaction()));
      }
    }
    return steps;
  }

  /**
   * What a transaction left stands before what another met that began after it was over, if all is
   * as in real time. Only neighbours in that order are compared, as in {@link RealTimeOrder}.
   */
  static List<Step> inTime(RegisterFacts register, List<Transaction> transactions) {
    List<Touch> touches = register.touches();
    long[] invoked = new long[touches.size()];
    long[] completed = new long[touches.size()];
    for (int i = 0; i < invoked.length; i++) {
      Transaction each = transactions.get(touches.get(i).transaction());
      invoked[i] = each.invoked();
      completed[i] = each.committed() ? each.completed() : RealTimeOrder.NEVER;
    }
    GraphBuilder builder = new GraphBuilder(invoked.length);
    RealTimeOrder.addTo(builder, invoked, completed);
    DependencyGraph graph = builder.build();
    List<Step> steps = new ArrayList<>();
    for (int from = 0; from < graph.vertices(); from++) {
      for (int edge = graph.firstEdge(from); edge < graph.firstEdge(from + 1); edge++) {
        Touch before = touches.get(from);
        Touch after = touches.get(graph.target(edge));
        if (before.last() != after.first()) {
          steps.add(
              new Step(before.last(), after.first(), before.transaction(), after.transaction()));
        }
      }
    }
    return steps;
  }

  /** The steps as a graph of versions, in which nothing may stand before itself. */
  static DependencyGraph graph(RegisterFacts register, List<Step> steps) {
    GraphBuilder builder = new GraphBuilder(register.versions());
    for (Step each : steps) {
      builder.add(each.before(), each.after(), Dependency.WW);
      // Nothing stands before what was there at the beginning.
      builder.add(RegisterFacts.UNWRITTEN, each.before(), Dependency.WW);
    }
    return builder.build();
  }
}
