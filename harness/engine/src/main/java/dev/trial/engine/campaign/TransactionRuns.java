package dev.trial.engine.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.core.run.HalfName;
import java.util.List;
import java.util.Map;

/**
 * In how many runs the coordinator of an open transaction, or the leader of a partition in it, was
 * replaced before the transaction was over: what makes a verdict about transactions worth having.
 *
 * @param changed runs in which that happened at least once
 * @param runs runs with transactions
 */
public record TransactionRuns(int changed, int runs) {
  private static final String LEADERS = "leader-changes-inside-transactions";
  private static final String COORDINATORS = "coordinator-changes-inside-transactions";

  static TransactionRuns of(List<RunResult> results) {
    int changed = 0;
    int runs = 0;
    for (RunResult result : results) {
      Map<String, Long> statistics = result.summary().statistics();
      if (statistics.containsKey(LEADERS)) {
        runs++;
        changed += statistics.get(LEADERS) + statistics.get(COORDINATORS) > 0 ? 1 : 0;
      }
    }
    return new TransactionRuns(changed, runs);
  }

  /** What follows a claim's outcome in the table, "" where no run had a transaction. */
  String sentence() {
    return runs == 0
        ? ""
        : ", coordinator or leader changed inside an open transaction: " + changed + " of " + runs;
  }

  /** Adds the counts to a claim's part of the summary, by half where it has several. */
  static void describe(Map<HalfName, TransactionRuns> byHalf, ObjectNode claim) {
    if (byHalf.values().stream().allMatch(each -> each.runs == 0)) {
      return;
    }
    ObjectNode node = claim.putObject("changed_inside_transaction");
    byHalf.forEach(
        (half, counts) -> {
          ObjectNode of = half.only() ? node : node.putObject(half.text());
          of.put("runs", counts.changed).put("of", counts.runs);
        });
  }
}
