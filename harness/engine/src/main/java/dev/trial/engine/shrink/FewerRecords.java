package dev.trial.engine.shrink;

import dev.trial.core.history.Action;
import dev.trial.core.history.Action.Start.Kind;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Anomaly;
import dev.trial.engine.campaign.RunResult;
import dev.trial.workloads.plan.KnownParameters;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Single records left out, while all others are sent when they were sent before: first all but
 * those that prove the anomaly and their neighbours in time, then delta debugging over the rest.
 */
record FewerRecords() implements Reduction {
  private static final int[] NEIGHBOURS = {0, 1, 3, 10, 30, 100};
  private static final int PARTS_MOST = 32;

  @Override
  public String what() {
    return "records";
  }

  @Override
  public boolean nudged() {
    return false;
  }

  /** What was sent, and what proves the anomaly, is only in a history. */
  @Override
  public List<RunSpec> of(RunSpec spec) {
    return List.of();
  }

  @Override
  public List<RunSpec> of(RunResult shown, Sign sign) {
    List<Long> sent = sent(shown);
    Anomaly anomaly = sign.in(shown.outcome());
    Set<Long> proof = new HashSet<>(anomaly.values());
    Set<Set<Long>> kept = new LinkedHashSet<>();
    for (int neighbours : NEIGHBOURS) {
      kept.add(around(sent, proof, neighbours));
    }
    for (int parts = 2; parts <= Math.min(PARTS_MOST, sent.size()); parts *= 2) {
      inParts(kept, sent, proof, parts);
    }
    RunSpec spec = shown.request().spec();
    return kept.stream()
        .filter(values -> !values.isEmpty() && values.size() < sent.size())
        .map(
            values ->
                spec.withParameters(spec.parameters().with(KnownParameters.VALUES, text(values))))
        .toList();
  }

  private static List<Long> sent(RunResult shown) {
    Set<Integer> producers = new HashSet<>();
    Set<Long> values = new LinkedHashSet<>();
    for (Operation operation : shown.history().operations()) {
      Action action = operation.action();
      if (action instanceof Action.Start start && start.kind() == Kind.PRODUCER) {
        producers.add(operation.process());
      }
      if (action instanceof Action.Send send
          && operation.stage() == Stage.INVOKE
          && producers.contains(operation.process())) {
        values.add(send.value());
      }
    }
    return new ArrayList<>(values);
  }

  private static Set<Long> around(List<Long> sent, Set<Long> proof, int neighbours) {
    Set<Long> kept = new TreeSet<>();
    for (int i = 0; i < sent.size(); i++) {
      if (proof.contains(sent.get(i))) {
        int from = Math.max(0, i - neighbours);
        kept.addAll(sent.subList(from, Math.min(sent.size(), i + neighbours + 1)));
      }
    }
    return kept;
  }

  private static void inParts(Set<Set<Long>> kept, List<Long> sent, Set<Long> proof, int parts) {
    List<List<Long>> chunks = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      chunks.add(sent.subList(sent.size() * i / parts, sent.size() * (i + 1) / parts));
    }
    chunks.forEach(chunk -> kept.add(new TreeSet<>(chunk)));
    for (List<Long> chunk : chunks) {
      Set<Long> others = new TreeSet<>(sent);
      chunk.stream().filter(value -> !proof.contains(value)).forEach(others::remove);
      kept.add(others);
    }
  }

  /** Ascending values as ranges. */
  private static String text(Set<Long> values) {
    StringBuilder text = new StringBuilder();
    long from = -1;
    long to = -1;
    for (long value : values) {
      if (from >= 0 && value == to + 1) {
        to = value;
        continue;
      }
      append(text, from, to);
      from = value;
      to = value;
    }
    append(text, from, to);
    return text.toString();
  }

  private static void append(StringBuilder text, long from, long to) {
    if (from >= 0) {
      text.append(text.length() == 0 ? "" : ",").append(from).append(to > from ? "-" + to : "");
    }
  }
}
