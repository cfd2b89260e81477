package dev.trial.claims;

import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Symptom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an experiment expects of some clients and not of others.
 *
 * @param known bugs that may show with clients that have them
 * @param without what is expected of clients that do not have the bug, where it is what the
 *     experiment shows
 */
public record ByClient(Set<ClientBug> known, Map<ClientBug, Expectation> without) {

  /** Every client is expected to do the same. */
  static final ByClient ALL_ALIKE = new ByClient(Set.of(), Map.of());

  public ByClient {
    known = Set.copyOf(known);
    without = Map.copyOf(without);
  }

  /**
   * The expectation of clients of that version, where {@code others} is what others are held to.
   */
  Expectation of(String version, Expectation others) {
    Expectation expected = others;
    for (Map.Entry<ClientBug, Expectation> each : new TreeMap<>(without).entrySet()) {
      expected = each.getKey().in(version) ? expected : each.getValue();
    }
    List<Symptom> shown =
        known.stream()
            .sorted()
            .filter(bug -> bug.in(version))
            .flatMap(bug -> bug.symptoms().stream())
            .toList();
    return shown.isEmpty() ? expected : new Expectation.ButForKnownBug(expected, shown);
  }

  /** Every bug that makes a difference. */
  public Set<ClientBug> bugs() {
    Set<ClientBug> all = EnumSet.noneOf(ClientBug.class);
    all.addAll(known);
    all.addAll(without.keySet());
    return all;
  }
}
