package dev.trial.checkers.append;

import dev.trial.checkers.append.RegisterFacts.Step;
import dev.trial.checkers.graph.Dependency;
import dev.trial.checkers.graph.DependencyGraph;
import dev.trial.checkers.graph.GraphBuilder;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which transaction must stand before which, by versions of registers and their order; and, in a
 * sentence each, why.
 */
final class RegisterOrder {

  /** Of those that found nothing written, the ones that began last prove the most. */
  private static final int READERS_OF_NOTHING = 64;

  private final AppendHistory history;
  private final List<RegisterFacts> registers;
  private final Findings findings;
  private final GraphBuilder builder;
  private final Map<Edge, String> reasons = new HashMap<>(); // looked up, never iterated

  private record Edge(int from, int to, Dependency kind) {}

  RegisterOrder(AppendHistory history, List<RegisterFacts> registers, Findings findings) {
    this.history = history;
    this.registers = registers;
    this.findings = findings;
    this.builder = new GraphBuilder(history.transactions().size());
  }

  /**
   * The graph of all dependencies; {@code steps} has the known order of each register's versions.
   */
  DependencyGraph graph(List<List<Step>> steps) {
    for (int key = 0; key < registers.size(); key++) {
      readings(key);
      boolean[] follows = new boolean[registers.get(key).versions()];
      for (Step each : steps.get(key)) {
        follows[each.after()] |= each.before() != RegisterFacts.UNWRITTEN;
        step(key, each);
      }
      beginnings(key, follows);
    }
    TimeEdges.addTo(builder, history.transactions());
    return builder.build();
  }

  /** Why the one must stand before the other. */
  String because(int from, int to, Dependency kind) {
    Transaction first = history.transactions().get(from);
    Transaction second = history.transactions().get(to);
    return switch (kind) {
      case WW, WR, RW -> reasons.get(new Edge(from, to, kind));
      case PROCESS ->
          "process "
              + first.process()
              + " ran "
              + findings.name(from)
              + ", then "
              + findings.name(to);
      case REALTIME ->
          findings.name(from)
              + " was over (operation "
              + first.completed()
              + ") before "
              + findings.name(to)
              + " began (operation "
              + second.invoked()
              + ")";
    };
  }

  private void add(int from, int to, Dependency kind, String reason) {
    if (usable(from) && usable(to) && from != to) {
      builder.add(from, to, kind);
      reasons.putIfAbsent(new Edge(from, to, kind), reason);
    }
  }

  private boolean usable(int transaction) {
    return transaction != ListFacts.NOBODY && !history.transactions().get(transaction).aborted();
  }

  private RegisterWords words(int key) {
    return new RegisterWords(registers.get(key), findings, key);
  }

  private void readings(int key) {
    RegisterFacts register = registers.get(key);
    RegisterWords words = words(key);
    for (int version = RegisterFacts.UNWRITTEN + 1; version < register.versions(); version++) {
      int writer = register.writer(version);
      for (int reader : register.readers(version)) {
        add(
            writer,
            reader,
            Dependency.WR,
            words.read(reader, version) + ", which " + findings.name(writer) + " wrote");
      }
    }
  }

  private void step(int key, Step step) {
    RegisterFacts register = registers.get(key);
    RegisterWords words = words(key);
    int writer = register.writer(step.after());
    if (writer == ListFacts.NOBODY) {
      return;
    }
    String later = ", and " + register.text(step.after()) + " of " + findings.name(writer);
    String why = later + " came later: " + words.shown(step);
    int before = register.writer(step.before());
    if (before != ListFacts.NOBODY) {
      String wrote =
          findings.name(before) + " wrote " + register.text(step.before()) + " to " + words.name();
      add(before, writer, Dependency.WW, wrote + why);
    }
    for (int reader : register.readers(step.before())) {
      add(reader, writer, Dependency.RW, words.read(reader, step.before()) + why);
    }
  }

  private long invoked(int transaction) {
    return history.transactions().get(transaction).invoked();
  }

  /** Whoever found nothing written stands before all that wrote something first. */
  private void beginnings(int key, boolean[] follows) {
    RegisterFacts register = registers.get(key);
    IntArrayList found = new IntArrayList(register.readers(RegisterFacts.UNWRITTEN));
    found.sort((one, other) -> Long.compare(invoked(other), invoked(one)));
    int most = Math.min(found.size(), READERS_OF_NOTHING);
    for (int version = RegisterFacts.UNWRITTEN + 1; version < register.versions(); version++) {
      int writer = register.writer(version);
      for (int i = 0; i < most && !follows[version] && writer != ListFacts.NOBODY; i++) {
        int reader = found.getInt(i);
        add(
            reader,
            writer,
            Dependency.RW,
            findings.name(reader)
                + " found nothing written to "
                + findings.register(key)
                + ", without "
                + register.text(version)
                + " that "
                + findings.name(writer)
                + " wrote");
      }
    }
  }
}
