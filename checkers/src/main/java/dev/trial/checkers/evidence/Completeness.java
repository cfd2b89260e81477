package dev.trial.checkers.evidence;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a history lacks. A run that was interrupted, or a file that lost a part of itself, proves
 * what it shows and nothing by what it does not show: where a checker needs what is not there, it
 * cannot tell.
 */
public final class Completeness {
  private final Map<Part, String> lacks = new EnumMap<>(Part.class);
  private final BitSet dumped;

  /**
   * @param lacks why a part is not there, in words; whole parts are left out
   * @param dumped numbers of the partitions all of whose replicas' logs are there
   */
  Completeness(Map<Part, String> lacks, BitSet dumped) {
    this.lacks.putAll(lacks);
    this.dumped = dumped;
  }

  /** Why a history is not that of a run from its beginning to its end; null if it is. */
  public String stopped() {
    return lacks.get(Part.RUN);
  }

  /** Why one of these parts is not there, in words; null if all are. */
  public String lack(List<Part> needed) {
    for (Part each : needed) {
      if (lacks.containsKey(each)) {
        return lacks.get(each);
      }
    }
    return null;
  }

  /** True if the logs of all replicas of a partition are there. */
  public boolean dumped(int partition) {
    return dumped.get(partition);
  }

  /**
   * True if all is there that may explain an anomaly: else one without a cause may have one that
   * the history does not tell.
   */
  public boolean tellsCauses() {
    return lack(List.of(Part.RUN, Part.PROCESS_ENDS, Part.REPLICA_LOGS)) == null;
  }
}
