package dev.trial.engine.byclient;

import dev.trial.core.run.ClaimName;
import dev.trial.core.verdict.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of one experiment with one release of kafka-clients.
 *
 * @param about the claim, and which half of it
 * @param anomalies in how many runs each kind was seen
 * @param bugs known bugs that the release has and the experiment may meet, seen or not
 * @param reason why it is not applicable, unknown or a finding; null where there is nothing to tell
 */
public record ClientVerdict(
    String client,
    ClaimName about,
    int runs,
    Outcome outcome,
    Map<String, Integer> anomalies,
    List<String> bugs,
    String reason) {

  public ClientVerdict {
    anomalies = new TreeMap<>(anomalies);
    bugs = List.copyOf(bugs);
  }

  /** What a table says of it: two that say the same differ in nothing that a user relies on. */
  public String said() {
    String outcome = outcome().ofRun().words();
    boolean told = bugs.isEmpty() || outcome().equals(Outcome.NOT_APPLICABLE);
    return told ? outcome : outcome + ", with " + String.join(" and ", bugs);
  }
}
