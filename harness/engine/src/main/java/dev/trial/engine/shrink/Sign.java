package dev.trial.engine.shrink;

import dev.trial.checkers.expectation.RunOutcome;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a shrunk run must still show: another anomaly, or the same for another cause, would be about
 * something else.
 *
 * @param allowed whether the claim, or the settings, give it away: what they do not is another
 *     matter, also of the same kind and cause
 */
public record Sign(AnomalyKind kind, Cause cause, boolean allowed) {

  /** Of what nothing allows, or a claim says will break. */
  public Sign(AnomalyKind kind, Cause cause) {
    this(kind, cause, false);
  }

  /**
   * What a run shows: what its claim does not allow; where all is allowed, what it says breaks, and
   * where nothing has to break, what is given away.
   */
  public static List<Sign> of(RunOutcome outcome) {
    List<Anomaly> shown =
        outcome.unexpected().isEmpty() ? outcome.witnesses() : outcome.unexpected();
    return shown.isEmpty()
        ? gravestFirst(outcome.allowed()).stream()
            .map(each -> new Sign(each.kind(), each.cause(), true))
            .distinct()
            .toList()
        : shown.stream().map(Sign::of).distinct().toList();
  }

  /** Anomalies in the order in which kinds are declared, which is that of their gravity. */
  public static List<Anomaly> gravestFirst(List<Anomaly> anomalies) {
    return anomalies.stream()
        .sorted(Comparator.comparing(Anomaly::kind).thenComparing(Anomaly::cause))
        .toList();
  }

  /** Of one anomaly. */
  public static Sign of(Anomaly anomaly) {
    return new Sign(anomaly.kind(), anomaly.cause());
  }

  /** The first anomaly in which it shows; null if in none. */
  public Anomaly in(RunOutcome outcome) {
    Stream<Anomaly> all =
        allowed
            ? outcome.allowed().stream()
            : Stream.concat(outcome.unexpected().stream(), outcome.witnesses().stream());
    return all.filter(each -> each.kind() == kind && each.cause() == cause)
        .findFirst()
        .orElse(null);
  }

  /** As people read it. */
  public String words() {
    return cause == Cause.UNEXPLAINED
        ? kind.id()
        : kind.id() + " (" + cause.id().replace('-', ' ') + ")";
  }
}
