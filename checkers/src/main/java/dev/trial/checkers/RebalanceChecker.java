package dev.trial.checkers;

import static dev.trial.core.verdict.AnomalyKind.UNOWNED;

import dev.trial.checkers.evidence.Evidence;
import dev.trial.checkers.evidence.GroupTimeline;
import dev.trial.checkers.evidence.LogView;
import dev.trial.checkers.evidence.Losses;
import dev.trial.checkers.evidence.Ownership;
import dev.trial.checkers.evidence.Part;
import dev.trial.core.verdict.Cause;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What rebalances cost a group, and partitions that they leave without an owner. An owner is known
 * by its rebalance callbacks; a partition is unowned from the moment its owner gave it up, or died,
 * to the moment the next one was told.
 */
final class RebalanceChecker extends FamilyChecker {

  RebalanceChecker() {
    super("rebalances", Part.PROCESS_ENDS);
  }

  @Override
  void check(Evidence evidence, Losses losses, Report report) {
    report.over("groups", evidence.groups().size());
    for (String group : evidence.groups()) {
      report.step();
      GroupTimeline timeline = GroupTimeline.of(evidence, group);
      if (timeline == null) {
        continue;
      }
      Map<String, Long> cost = new TreeMap<>();
      boolean endsKnown = evidence.endsKnown(group);
      for (LogView log : timeline.partitions()) {
        count(evidence, timeline, log, cost);
        for (GroupTimeline.Gap gap : timeline.gaps(log)) {
          report.cost(2);
          if (endsKnown) {
            unowned(evidence, timeline, log, gap, report);
          }
        }
      }
      cost.put("rebalances", timeline.rebalances());
      cost.forEach((name, value) -> report.set(name + "." + group, value));
    }
  }

  private static void count(
      Evidence evidence, GroupTimeline timeline, LogView log, Map<String, Long> cost) {
    Ownership last = null;
    for (Ownership each : timeline.owners(log)) {
      if (last != null && last.process() != each.process()) {
        cost.merge("partitions-moved", 1L, Long::sum);
        boolean lived = evidence.process(last.process()).endIndex() > each.assigned();
        cost.merge("partitions-moved-from-the-living", lived ? 1L : 0L, Long::sum);
      }
      last = each;
    }
    for (GroupTimeline.Gap gap : timeline.gaps(log)) {
      long lengthMs = (gap.endNs() - gap.beginNs()) / 1_000_000;
      cost.merge("unowned-ms", lengthMs, Long::sum);
      cost.merge("unowned-max-ms", lengthMs, Math::max);
    }
  }

  private static void unowned(
      Evidence evidence,
      GroupTimeline timeline,
      LogView log,
      GroupTimeline.Gap gap,
      Report report) {
    GroupTimeline.Quiet quiet = timeline.longestQuiet(gap);
    long lengthNs = quiet.endNs() - quiet.beginNs();
    if (lengthNs <= timeline.rebalanceLimitNs()) {
      return;
    }
    report.cost(quiet.end() - quiet.begin());
    int witness = timeline.pollingThrough(log, quiet);
    if (witness < 0) {
      return;
    }
    report.add(
        UNOWNED,
        log.id(),
        List.of(gap.released(), quiet.begin(), quiet.end()),
        List.of(),
        List.of(),
        Cause.UNEXPLAINED,
        "Nobody in group "
            + timeline.group()
            + " owned "
            + log.id()
            + " for "
            + lengthNs / 1_000_000
            + " ms in which no member came or went and no fault was active, though "
            + evidence.process(witness).client()
            + " went on polling; a rebalance may take "
            + timeline.rebalanceLimitNs() / 1_000_000
            + " ms.");
  }
}
