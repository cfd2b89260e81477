package dev.trial.app.claim;

import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Expectation;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an experiment expects of some clients and not of others.
 *
 * @param known what may show with clients that have the bug
 * @param without what is expected of clients that do not have the bug, where it is what the
 *     experiment shows
 */
public record ByClient(
    Map<ClientBug, Set<AnomalyKind>> known, Map<ClientBug, Expectation> without) {

  /** Every client is expected to do the same. */
  static final ByClient ALL_ALIKE = new ByClient(Map.of(), Map.of());

  public ByClient {
    known = Map.copyOf(known);
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
    Set<AnomalyKind> shown = EnumSet.noneOf(AnomalyKind.class);
    known.forEach((bug, kinds) -> shown.addAll(bug.in(version) ? kinds : Set.of()));
    return shown.isEmpty() ? expected : new Expectation.ButForKnownBug(expected, shown);
  }

  /** Every bug that makes a difference. */
  public Set<ClientBug> bugs() {
    Set<ClientBug> all = EnumSet.noneOf(ClientBug.class);
    all.addAll(known.keySet());
    all.addAll(without.keySet());
    return all;
  }
}
