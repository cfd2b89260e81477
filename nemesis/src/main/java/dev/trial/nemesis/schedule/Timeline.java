package dev.trial.nemesis.schedule;

import dev.trial.core.fault.Fault;
import dev.trial.core.fault.Role;
import dev.trial.core.fault.ScheduledFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A schedule in the making: a cursor that moves through the load phase, and its quiet ends. */
final class Timeline {
  /** Clients connect and traffic flows before the first fault. */
  static final long QUIET_START_MS = 1_000;

  private final long endMs;
  private final List<ScheduledFault> faults = new ArrayList<>();
  private long cursorMs = QUIET_START_MS;

  Timeline(long loadMs) {
    endMs = loadMs - quietEndMs(loadMs);
  }

  /** Traffic after the last fault has ended: a tenth of the load, from half a second. */
  static long quietEndMs(long loadMs) {
    return Math.max(500, loadMs / 10);
  }

  /** The shortest load phase with room for one round of that length. */
  static long loadMsFor(long roundMs) {
    return (QUIET_START_MS + Math.max(roundMs, 1) + 500) * 10 / 9 + 1;
  }

  /** True if a round of that length ends before the quiet end. */
  boolean room(long lengthMs) {
    return cursorMs + lengthMs <= endMs;
  }

  /** Milliseconds from the cursor to the quiet end. */
  long leftMs() {
    return endMs - cursorMs;
  }

  /** How many faults there are so far. */
  int size() {
    return faults.size();
  }

  /** A fault that begins {@code offsetMs} after the cursor. */
  Timeline add(long offsetMs, long lengthMs, Fault fault, Role whom) {
    long atMs = cursorMs + offsetMs;
    if (atMs + lengthMs > endMs) {
      throw new IllegalStateException("fault at " + atMs + " ms ends after " + endMs + " ms");
    }
    faults.add(new ScheduledFault(atMs, lengthMs, fault, whom));
    return this;
  }

  /** Moves the cursor. */
  void advance(long ms) {
    cursorMs += ms;
  }

  /** The schedule, sorted by start; faults of one moment stay in the order they were added. */
  List<ScheduledFault> schedule() {
    faults.sort(Comparator.comparingLong(ScheduledFault::atMs));
    return List.copyOf(faults);
  }
}
