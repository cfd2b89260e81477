package dev.trial.engine.byclient;

import dev.trial.core.run.ClaimName;
import dev.trial.core.verdict.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims by release of the clients. */
public final class ClientTable {
  private final List<ClientVerdict> verdicts;
  private final List<ClaimRow> rows;

  /** Of verdicts in the order of the releases, the newest last. */
  public ClientTable(List<ClientVerdict> verdicts) {
    this.verdicts = List.copyOf(verdicts);
    Map<ClaimName, List<ClientVerdict>> byClaim = new LinkedHashMap<>();
    for (ClientVerdict each : verdicts) {
      byClaim.computeIfAbsent(each.about(), about -> new ArrayList<>()).add(each);
    }
    this.rows = byClaim.values().stream().map(ClaimRow::of).toList();
  }

  /** The releases, in their order. */
  public List<String> clients() {
    return verdicts.stream().map(ClientVerdict::client).distinct().toList();
  }

  /** How many runs it is made of. */
  public int runs() {
    return verdicts.stream().mapToInt(ClientVerdict::runs).sum();
  }

  /** What all releases do alike. */
  public List<ClaimRow> alike() {
    return rows.stream().filter(row -> row.differences().isEmpty()).toList();
  }

  /** What some release does otherwise than the newest. */
  public List<ClaimRow> different() {
    return rows.stream().filter(row -> !row.differences().isEmpty()).toList();
  }

  /** The gravest of all. */
  public Outcome outcome() {
    return verdicts.stream()
        .map(ClientVerdict::outcome)
        .reduce(Outcome.NOT_APPLICABLE, Outcome::orWorse);
  }
}
