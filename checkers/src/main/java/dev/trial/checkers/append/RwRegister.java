package dev.trial.checkers.append;

import dev.trial.checkers.append.RegisterFacts.Step;
import dev.trial.checkers.graph.Cycle;
import dev.trial.checkers.graph.CycleSearch;
import dev.trial.checkers.graph.DependencyGraph;
import dev.trial.checkers.graph.TimeOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges histories of transactions that write registers and read them, for strict serializability,
 * as {@link ListAppend} does for lists. In such a history {@code Append} means that a register was
 * set to a value, each value once, and a {@code Read} has no value or one.
 *
 * <p>First the order of versions is taken from transactions that read one and wrote the next. If
 * that shows no cycle, it is taken from real time as well: what was there when a transaction was
 * over stands before what those met that began after it. Cycles that need this are named {@code
 * -realtime}, as they are no matter for stores that promise less.
 */
public final class RwRegister {
  private RwRegister() {}

  /** Judges a history with the usual budget. */
  public static AppendVerdict check(AppendHistory history) {
    return check(history, CycleSearch.DEFAULT_EDGES_MOST);
  }

  /**
   * Judges a history.
   *
   * @param edgesMost the budget of each search for cycles
   */
  public static AppendVerdict check(AppendHistory history, long edgesMost) {
    Findings findings = new Findings(history);
    List<RegisterFacts> registers = new RegisterIndex(history, findings).read();
    for (int key = 0; key < registers.size(); key++) {
      new RegisterWords(registers.get(key), findings, key).lostUpdates();
    }
    Judging judging = new Judging(history, registers, findings, edgesMost);
    List<List<Step>> steps = new ArrayList<>();
    registers.forEach(each -> steps.add(VersionOrder.byTransactions(each)));
    if (judging.search(steps, TimeOrder.NONE)) {
      for (int key = 0; key < registers.size(); key++) {
        steps.get(key).addAll(VersionOrder.inTime(registers.get(key), history.transactions()));
      }
      judging.search(steps, TimeOrder.REAL_TIME);
    }
    return new AppendVerdict(
        findings.anomalies(), findings.counts(), judging.edges, judging.complete);
  }

  /** One search after the other, over more and more that is known. */
  private static final class Judging {
    private final AppendHistory history;
    private final List<RegisterFacts> registers;
    private final Findings findings;
    private final long edgesMost;
    private int edges;
    private boolean complete = true;

    Judging(
        AppendHistory history, List<RegisterFacts> registers, Findings findings, long edgesMost) {
      this.history = history;
      this.registers = registers;
      this.findings = findings;
      this.edgesMost = edgesMost;
    }

    /** True if there was no cycle. */
    boolean search(List<List<Step>> steps, TimeOrder order) {
      boolean clean = true;
      for (int key = 0; key < registers.size(); key++) {
        RegisterWords words = new RegisterWords(registers.get(key), findings, key);
        List<Cycle> cycles = cycles(VersionOrder.graph(registers.get(key), steps.get(key)));
        for (Cycle each : cycles) {
          words.cyclic(each, steps.get(key), order);
        }
        if (!cycles.isEmpty()) {
          // Nothing follows from an order that contradicts itself.
          steps.set(key, new ArrayList<>());
          clean = false;
        }
      }
      return transactions(steps, order) && clean;
    }

    private boolean transactions(List<List<Step>> steps, TimeOrder order) {
      RegisterOrder known = new RegisterOrder(history, registers, findings);
      DependencyGraph graph = known.graph(steps);
      edges = graph.edges();
      List<Cycle> cycles = cycles(graph);
      for (Cycle found : cycles) {
        Cycle each = found.direct().atLeast(order);
        findings.add(each.id(), each.model(), each.vertices(), sentences(known, each));
      }
      return cycles.isEmpty();
    }

    private List<Cycle> cycles(DependencyGraph graph) {
      CycleSearch.Result result = CycleSearch.of(graph, edgesMost);
      complete &= result.complete();
      return result.cycles();
    }

    private List<String> sentences(RegisterOrder known, Cycle cycle) {
      List<String> sentences = new ArrayList<>();
      for (int i = 0; i < cycle.edges().size(); i++) {
        int from = cycle.vertices().get(i);
        int to = cycle.after(i);
        String order = findings.name(from) + " before " + findings.name(to);
        sentences.add(known.because(from, to, cycle.edges().get(i)) + ": " + order + ".");
      }
      return sentences;
    }
  }
}
