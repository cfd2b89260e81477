package dev.trial.checkers;

import dev.trial.checkers.evidence.CommitFact;
import dev.trial.core.history.Stage;
import java.util.ArrayList;
import java.util.List;

/** Of the commits of a group that were over at some time, the one that began last. */
final class LatestCommits {
  /** In order of completion. */
  private final List<CommitFact> over = new ArrayList<>();

  /** The one that began last among the first of those. */
  private final List<CommitFact> latest = new ArrayList<>();

  /** Of commits in order of completion. */
  LatestCommits(List<CommitFact> commits) {
    CommitFact last = null;
    for (CommitFact each : commits) {
      if (each.outcome() == Stage.OK) {
        last = last == null || each.invoked() > last.invoked() ? each : last;
        over.add(each);
        latest.add(last);
      }
    }
  }

  /** Of those that were over before an index; null if none was. */
  CommitFact before(long index) {
    int low = 0;
    int high = over.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (over.get(middle).completed() < index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : latest.get(low - 1);
  }
}
