package dev.trial.core.verdict;

import dev.trial.core.history.History;

/** A pure function from a history to a finding. It never asks the cluster. */
public interface Checker {

  /** The name in reports. */
  String id();

  /** Judges a history made under {@code rules}. */
  Finding check(History history, Rules rules);
}
