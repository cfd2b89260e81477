package dev.trial.engine.compare;

import dev.trial.core.history.Action;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.PartitionId;
import dev.trial.core.history.Stage;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How fast sends were acknowledged in the load phase of a run, and how long nothing was. */
final class Traffic {
  private static final long HIGHEST_US = 3_600_000_000L;
  private static final int DIGITS = 3;

  private final Histogram latencyUs = new Histogram(HIGHEST_US, DIGITS);
  private final Map<Long, Long> sentAtNs = new HashMap<>();
  private final Map<PartitionId, Long> acknowledgedAtNs = new HashMap<>();
  private boolean load;
  private long beganNs;
  private long endedNs;
  private long longestGapNs;
  private long acknowledged;
  private long crashes;

  private Traffic() {}

  static Traffic of(History history) {
    Traffic traffic = new Traffic();
    history.operations().forEach(traffic::see);
    return traffic;
  }

  private void see(Operation operation) {
    Action action = operation.action();
    if (action instanceof Action.Phase phase) {
      phase(phase.phase(), operation.timeNs());
    } else if (action instanceof Action.Send send && load) {
      send(operation, send);
    } else if (action instanceof Action.Send late && operation.stage() == Stage.OK) {
      late(late.partitionId());
    } else if (action instanceof Action.End end && load) {
      crashes += end.how() == Action.End.How.CRASHED ? 1 : 0;
    }
  }

  private void phase(Action.Phase.Name phase, long timeNs) {
    if (phase == Action.Phase.Name.LOAD) {
      load = true;
      beganNs = timeNs;
    } else if (load) {
      load = false;
      endedNs = timeNs;
      acknowledgedAtNs.values().forEach(last -> gap(last, timeNs));
    }
  }

  private void send(Operation operation, Action.Send send) {
    if (operation.stage() == Stage.INVOKE) {
      sentAtNs.put(operation.index(), operation.timeNs());
      return;
    }
    Long sentNs = sentAtNs.remove(operation.invocation());
    if (operation.stage() != Stage.OK || sentNs == null) {
      return;
    }
    acknowledged++;
    latencyUs.recordValue(Math.min(HIGHEST_US, (operation.timeNs() - sentNs) / 1_000));
    Long before = acknowledgedAtNs.put(send.partitionId(), operation.timeNs());
    gap(before == null ? beganNs : before, operation.timeNs());
  }

  /** What was acknowledged after the load only had its partition wait all through it. */
  private void late(PartitionId partition) {
    if (endedNs > 0 && acknowledgedAtNs.putIfAbsent(partition, endedNs) == null) {
      gap(beganNs, endedNs);
    }
  }

  private void gap(long fromNs, long toNs) {
    longestGapNs = Math.max(longestGapNs, toNs - fromNs);
  }

  Histogram latencyUs() {
    return latencyUs;
  }

  long acknowledged() {
    return acknowledged;
  }

  /** Clients that were killed at work. */
  long crashes() {
    return crashes;
  }

  long loadMs() {
    return (endedNs - beganNs) / 1_000_000;
  }

  /** The longest time in which a partition acknowledged nothing, in milliseconds. */
  long longestGapMs() {
    return longestGapNs / 1_000_000;
  }
}
