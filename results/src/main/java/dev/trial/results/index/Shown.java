package dev.trial.results.index;

import dev.trial.core.verdict.AnomalyKind;
import dev.trial.core.verdict.Cause;
import java.util.Comparator;

/**
 * What a run showed that it may not.
 *
 * @param where how to look at it
 */
public record Shown(AnomalyKind kind, Cause cause, String sentence, Where where) {

  /** The gravest first: kinds are declared in that order. */
  static final Comparator<Shown> GRAVEST =
      Comparator.comparing(Shown::kind).thenComparing(Shown::cause);

  /**
   * Where a run is.
   *
   * @param shrunk link to the report of the run that was made of it by shrinking; null without one
   * @param report link to its own report, relative to the overview; null if it is not stored
   * @param replay the command that holds it again; null if there is none
   */
  public record Where(String shrunk, String report, String replay) {

    /** The more there is to look at the better. */
    int worth() {
      return (shrunk == null ? 0 : 2) + (report == null ? 0 : 1);
    }
  }

  /** As people read it. */
  String words() {
    return cause == Cause.UNEXPLAINED
        ? kind.id()
        : kind.id() + " (" + cause.id().replace('-', ' ') + ")";
  }
}
