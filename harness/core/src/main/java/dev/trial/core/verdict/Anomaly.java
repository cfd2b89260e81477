package dev.trial.core.verdict;

import dev.trial.core.history.PartitionId;
import dev.trial.core.json.OneLine;
import java.util.List;

/**
 * One proven anomaly.
 *
 * @param partition where, null if it has no one partition
 * @param operations indexes into the history that prove it, in the order a reader should follow
 * @param values the values concerned
 * @param offsets the offsets concerned
 * @param cause what the history proves to have caused it
 * @param sentence what happened, in one sentence a person can read, on one line
 */
public record Anomaly(
    AnomalyKind kind,
    PartitionId partition,
    List<Long> operations,
    List<Long> values,
    List<Long> offsets,
    Cause cause,
    String sentence) {

  public Anomaly {
    operations = List.copyOf(operations);
    values = List.copyOf(values);
    offsets = List.copyOf(offsets);
    sentence = OneLine.of(sentence);
  }
}
