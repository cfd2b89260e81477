package dev.trial.claims;

import dev.trial.core.profile.Profile;
import dev.trial.core.run.HalfName;
import dev.trial.core.run.Parameters;
import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Vacuity;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One experiment of a claim.
 *
 * @param expectation of clients without a bug of their own; {@link #expectation(String)} tells
 *     whose
 * @param half names the half
 * @param workload id of the workload
 * @param faults id of the fault schedule
 * @param loadMs length of the load; a live run takes less where its faults need less
 * @param liveLoadMs length that a live run needs at least to meet what the experiment is about; 0:
 *     what its faults need
 * @param judged anomalies that count; empty: all
 * @param client version of kafka-clients that the experiment is about; "" where the run says
 * @param autoOffsetReset by group, for groups that do not start at earliest
 * @param vacuity how much the faults have to touch
 * @param groupTypes types that each group has to be seen in, in this order, or a run is vacuous
 * @param byClient what is expected of some clients instead
 */
public record Experiment(
    HalfName half,
    Expectation expectation,
    Profile profile,
    String workload,
    Parameters parameters,
    String faults,
    long loadMs,
    long liveLoadMs,
    Set<AnomalyKind> judged,
    String client,
    Map<String, String> autoOffsetReset,
    Vacuity vacuity,
    List<String> groupTypes,
    ByClient byClient) {

  /** An experiment with any clients, whose groups may be of any type. */
  public Experiment(
      HalfName half,
      Expectation expectation,
      Profile profile,
      String workload,
      Parameters parameters,
      String faults,
      long loadMs,
      Set<AnomalyKind> judged,
      Map<String, String> autoOffsetReset,
      Vacuity vacuity) {
    this(
        half,
        expectation,
        profile,
        workload,
        parameters,
        faults,
        loadMs,
        0,
        judged,
        "",
        autoOffsetReset,
        vacuity,
        List.of(),
        ByClient.ALL_ALIKE);
  }

  /** What is expected of clients of that version. */
  public Expectation expectation(String version) {
    return byClient.of(version, expectation);
  }

  /**
   * The same, which little has to happen in: whether a run shows what it once showed is known
   * however small it was made.
   */
  public Experiment howeverLittleHappens() {
    return new Experiment(
        half,
        expectation,
        profile,
        workload,
        parameters,
        faults,
        loadMs,
        liveLoadMs,
        judged,
        client,
        autoOffsetReset,
        Vacuity.NEVER,
        List.of(),
        byClient);
  }
}
