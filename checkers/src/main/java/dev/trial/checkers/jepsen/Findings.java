package dev.trial.checkers.jepsen;

import dev.trial.core.history.PartitionId;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import dev.trial.core.verdict.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what one check finds; of each kind the first are kept and all are counted. */
final class Findings {
  /** More anomalies of one kind than this prove nothing more. */
  static final int MOST_OF_A_KIND = 1000;

  private static final String KEY = "key";

  private final Study study;
  private final Allowances allowances;
  private final List<Anomaly> anomalies = new ArrayList<>();
  private final Map<AnomalyKind, Integer> kept = new EnumMap<>(AnomalyKind.class);
  private final Map<String, Long> statistics = new TreeMap<>();
  private String unknown;

  Findings(Study study, Allowances allowances) {
    this.study = study;
    this.allowances = allowances;
  }

  /** Counts one; true if it should also be kept, with its evidence. */
  boolean counts(AnomalyKind kind) {
    if (allowances.allow(kind)) {
      count("allowed." + kind.id());
      return false;
    }
    count(kind.id());
    return kept.merge(kind, 1, Integer::sum) <= MOST_OF_A_KIND;
  }

  /** Keeps one that {@link #counts} asked for. */
  void keep(
      AnomalyKind kind,
      int key,
      List<Long> operations,
      List<Long> values,
      List<Long> offsets,
      String sentence) {
    anomalies.add(
        new Anomaly(
            kind, partition(key), operations, values, offsets, Cause.UNEXPLAINED, sentence));
  }

  /** Jepsen's keys are whole numbers; any other name has no place in a partition's id. */
  private PartitionId partition(int key) {
    Names keys = study.history().keys;
    long number = key == KafkaHistory.NONE || !keys.isNumber(key) ? -1 : keys.number(key);
    return number < 0 || number > Integer.MAX_VALUE ? null : new PartitionId(KEY, (int) number);
  }

  void count(String statistic) {
    statistics.merge(statistic, 1L, Long::sum);
  }

  void unknown(String reason) {
    unknown = reason;
  }

  Finding finding(String check) {
    return new Finding(check, anomalies, unknown, Collections.unmodifiableMap(statistics));
  }
}
