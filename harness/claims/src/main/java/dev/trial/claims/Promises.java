package dev.trial.claims;

import dev.trial.core.verdict.Expectation;
import dev.trial.core.verdict.Explained;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a run that puts no claim on trial is held to: everything that a checker can find, but for
 * what its settings and its workload give away themselves. An application that commits before its
 * work loses work when it dies, a reader of uncommitted data sees aborted records; neither is
 * Kafka's doing. What is given away is named with its cause, so that the same anomaly without that
 * cause is a finding all the same.
 */
public final class Promises {

  private Promises() {}

  /** What may be seen in such a run. */
  public static Expectation of(Promised run) {
    List<Explained> allowed = new ArrayList<>();
    allowed.addAll(LogAllowances.of(run));
    allowed.addAll(GroupAllowances.of(run));
    allowed.addAll(TransactionAllowances.of(run));
    return new Expectation.HoldsWithin(allowed, Set.of());
  }
}
