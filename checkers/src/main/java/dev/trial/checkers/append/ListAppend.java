package dev.trial.checkers.append;

import dev.trial.checkers.graph.Cycle;
import dev.trial.checkers.graph.CycleSearch;
import dev.trial.checkers.graph.DependencyGraph;
import java.util.List;

/**
 * Judges histories of list-append transactions for strict serializability: there is one order of
 * all committed transactions, in which each one that was over before another began stands before
 * it, and every read sees exactly what was appended before it. Each anomaly names the weakest model
 * that forbids it, for stores that promise less.
 *
 * <p>What is reported is proven; but not every history without a serial order shows it in what was
 * read.
 */
public final class ListAppend {
  private ListAppend() {}

  /** Judges a history with the usual budget. */
  public static AppendVerdict check(AppendHistory history) {
    return check(history, CycleSearch.DEFAULT_EDGES_MOST);
  }

  /**
   * Judges a history.
   *
   * @param edgesMost the budget of the search for cycles
   */
  public static AppendVerdict check(AppendHistory history, long edgesMost) {
    Findings findings = new Findings(history);
    List<ListFacts> lists = new ListIndex(history, findings).read();
    for (int key = 0; key < lists.size(); key++) {
      new ListChecks(history, findings, key, lists.get(key)).check();
    }
    DependencyGraph graph = new Dependencies(history, lists).graph();
    CycleSearch.Result result = CycleSearch.of(graph, edgesMost);
    Explainer explainer = new Explainer(history, lists, findings);
    for (Cycle found : result.cycles()) {
      Cycle each = found.direct();
      findings.add(each.id(), each.model(), each.vertices(), explainer.sentences(each));
    }
    return new AppendVerdict(
        findings.anomalies(), findings.counts(), graph.edges(), result.complete());
  }
}
