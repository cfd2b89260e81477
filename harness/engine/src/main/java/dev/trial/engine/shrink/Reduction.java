package dev.trial.engine.shrink;

import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.RunResult;
import java.util.List;

/** One way to make a run smaller. The seed is never touched: another seed is another run. */
sealed interface Reduction
    permits FaultsInBrief,
        FewerFaults,
        FewerRecords,
        ShorterFaults,
        ShorterLoad,
        SmallerWorkload,
        SparserLoad,
        SmallerCluster,
        RounderTimes {

  /** What it makes less of, as progress tells it. */
  String what();

  /** Smaller specs, the boldest first; the same spec gives the same ones. */
  List<RunSpec> of(RunSpec spec);

  /** Smaller specs of a run that was held and shows the sign. */
  default List<RunSpec> of(RunResult shown, Sign sign) {
    return of(shown.request().spec());
  }

  /** Whether it is worth a try at other moments too, where it does not show at once. */
  default boolean nudged() {
    return true;
  }
}
