package dev.trial.workloads.program;

import dev.trial.core.json.JsonFormatException;
import dev.trial.core.run.Parameters;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** When a consumer application commits, and what. */
public enum CommitStrategy {
  /** The client commits by itself in poll(); records are worked on inside the poll loop. */
  AUTO,
  /** The client commits by itself in poll(); records are handed to worker threads. */
  AUTO_ASYNC,
  /** commitSync after each poll's records are worked on. */
  SYNC_BATCH,
  /** commitSync after each record. */
  SYNC_RECORD,
  /** commitSync at an interval: what was worked on since is uncommitted. */
  SYNC_INTERVAL,
  /** commitSync of a poll's records before any of them is worked on: at most once. */
  BEFORE_PROCESSING,
  /** commitSync of the last record's own offset, not the next one's: a common mistake. */
  OFF_BY_ONE,
  /** commitAsync after each poll's records, and a commitSync at the end. */
  ASYNC,
  /** As ASYNC; a commit that fails is sent again from its callback, as it was. */
  ASYNC_RETRY,
  /** Records are handed to worker threads; the lowest unfinished offset is committed. */
  TRACKED,
  /** Never. */
  NONE;

  /** The name in a program's parameters. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Work is done on other threads than the one that polls. */
  boolean handsOver() {
    return this == AUTO_ASYNC || this == TRACKED;
  }

  /** A last commitSync of all that was worked on ends a membership. */
  boolean byCallback() {
    return this == ASYNC || this == ASYNC_RETRY;
  }

  boolean byClient() {
    return this == AUTO || this == AUTO_ASYNC;
  }

  /** The strategy that a program's parameters name. */
  public static CommitStrategy of(Parameters parameters) {
    String wanted = parameters.text("commit", SYNC_BATCH.id());
    return Arrays.stream(values())
        .filter(strategy -> strategy.id().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new JsonFormatException("parameters", unknown(wanted)));
  }

  private static String unknown(String wanted) {
    return "commit="
        + wanted
        + " is no commit strategy; there are "
        + Arrays.stream(values()).map(CommitStrategy::id).collect(Collectors.joining(", "));
  }
}
