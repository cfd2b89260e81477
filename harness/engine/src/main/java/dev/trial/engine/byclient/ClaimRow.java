package dev.trial.engine.byclient;

import dev.trial.core.run.ClaimName;
import java.util.ArrayList;
import java.util.List;

/**
 * One experiment with all releases.
 *
 * @param newest what came of it with the last of them
 * @param differences the releases of which something else is said, in their order
 */
public record ClaimRow(ClaimName about, ClientVerdict newest, List<Difference> differences) {

  /** Of the verdicts on one experiment, in the order of the releases. */
  static ClaimRow of(List<ClientVerdict> verdicts) {
    ClientVerdict newest = verdicts.get(verdicts.size() - 1);
    List<Difference> differences = new ArrayList<>();
    for (int from = 0; from < verdicts.size(); ) {
      int to = from + 1;
      while (to < verdicts.size() && alike(verdicts.get(from), verdicts.get(to))) {
        to++;
      }
      if (!verdicts.get(from).said().equals(newest.said())) {
        differences.add(difference(verdicts.subList(from, to)));
      }
      from = to;
    }
    return new ClaimRow(newest.about(), newest, differences);
  }

  private static boolean alike(ClientVerdict one, ClientVerdict other) {
    return one.said().equals(other.said());
  }

  private static Difference difference(List<ClientVerdict> alike) {
    return new Difference(
        alike.stream().map(ClientVerdict::client).toList(),
        alike.get(0).said(),
        alike.get(0).reason());
  }
}
