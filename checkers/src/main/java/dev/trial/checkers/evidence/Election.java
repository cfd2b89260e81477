package dev.trial.checkers.evidence;

import dev.trial.core.history.Action.Leadership;
import java.util.List;

/** A leadership fact with its place in the history. */
public record Election(long index, long timeNs, Leadership fact) {

  public int epoch() {
    return fact.leaderEpoch();
  }

  public int leader() {
    return fact.leader();
  }

  public List<Integer> inSyncReplicas() {
    return fact.inSyncReplicas();
  }

  /** True if a replica outside the in-sync set was made leader. */
  public boolean unclean() {
    return fact.election() == Leadership.Election.UNCLEAN
        || fact.election() == Leadership.Election.LAST_KNOWN;
  }

  /** True if a replica was made leader that is out of sync, but has all that is committed. */
  public boolean eligible() {
    return fact.election() == Leadership.Election.ELIGIBLE;
  }

  /** True if the partition was new. */
  public boolean first() {
    return fact.election() == Leadership.Election.FIRST;
  }

  /** True if a leader was chosen (not merely lost, nor the in-sync set changed). */
  public boolean elects() {
    return fact.election() != Leadership.Election.SAME
        && fact.election() != Leadership.Election.LEADERLESS;
  }
}
