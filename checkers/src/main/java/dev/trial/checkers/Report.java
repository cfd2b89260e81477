package dev.trial.checkers;

import dev.trial.checkers.evidence.Pace;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Finding;
import dev.trial.core.verdict.Rules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what one checker finds. Kinds that the rules do not judge become statistics. */
final class Report {

  /** More anomalies of one kind and cause than this prove nothing more; the rest is counted. */
  private static final int MOST_OF_A_KIND = 1000;

  /** To find the cause and the words takes about so many looks at elections and nodes. */
  private static final int COST_OF_ANOMALY = 64;

  private final String checker;
  private final Rules rules;
  private final List<Anomaly> anomalies = new ArrayList<>();
  private final Map<String, Long> statistics = new TreeMap<>();
  private final Map<AnomalyKind, Map<Cause, Integer>> kept = new EnumMap<>(AnomalyKind.class);
  private final Pace pace;
  private final boolean causesTold;
  private String unknown;

  /**
   * @param causesTold false if the history lacks what may explain an anomaly
   */
  Report(String checker, Rules rules, Pace pace, boolean causesTold) {
    this.checker = checker;
    this.rules = rules;
    this.pace = pace;
    this.causesTold = causesTold;
  }

  /** A walk begins: so many of these, one {@link #step} each. */
  void over(String things, long number) {
    pace.over(things, number);
  }

  /** The next of them; throws when the budget is spent. */
  void step() {
    pace.step();
  }

  /** Looks at so many other things on the way. */
  void cost(long steps) {
    pace.cost(steps);
  }

  /** Reports an anomaly; unknown operations (−1) are left out of the witnesses. */
  void add(
      AnomalyKind kind,
      PartitionId partition,
      List<Long> operations,
      List<Long> values,
      List<Long> offsets,
      Cause cause,
      String sentence) {
    cost(COST_OF_ANOMALY);
    if (!rules.judges(kind)) {
      count("not-judged." + kind.id());
      return;
    }
    count(kind.id());
    int sameKind =
        kept.computeIfAbsent(kind, k -> new EnumMap<>(Cause.class)).merge(cause, 1, Integer::sum);
    if (sameKind <= MOST_OF_A_KIND) {
      // -1 and MAX_VALUE stand for what never came
      List<Long> shown =
          operations.stream()
              .filter(index -> index >= 0 && index < Long.MAX_VALUE)
              .distinct()
              .toList();
      boolean untold = !causesTold && cause == Cause.UNEXPLAINED;
      Cause told = untold ? Cause.UNTOLD : cause;
      anomalies.add(new Anomaly(kind, partition, shown, values, offsets, told, sentence));
    }
  }

  void count(String statistic) {
    statistics.merge(statistic, 1L, Long::sum);
  }

  /** Counts so many at once; where there are none, the statistic is left out. */
  void count(String statistic, long number) {
    if (number > 0) {
      statistics.merge(statistic, number, Long::sum);
    }
  }

  /** Counts operations by how they ended, as {@code prefix} and the name of the stage. */
  void count(String prefix, long[] byStage) {
    for (Stage stage : Stage.values()) {
      count(prefix + stage.id(), byStage[stage.ordinal()]);
    }
  }

  void set(String statistic, long value) {
    statistics.put(statistic, value);
  }

  void atLeast(String statistic, long value) {
    statistics.merge(statistic, value, Math::max);
  }

  /** The first reason is told. */
  void unknown(String reason) {
    unknown = unknown == null ? reason : unknown;
  }

  Finding finding() {
    anomalies.sort(
        Comparator.comparing(Anomaly::kind)
            .thenComparing(Report::lastOperation)
            .thenComparing(Anomaly::sentence));
    return new Finding(checker, anomalies, unknown, Collections.unmodifiableMap(statistics));
  }

  private static long lastOperation(Anomaly anomaly) {
    return anomaly.operations().stream().mapToLong(Long::longValue).max().orElse(-1);
  }
}
