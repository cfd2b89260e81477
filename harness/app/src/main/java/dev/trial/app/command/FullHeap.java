package dev.trial.app.command;

import dev.trial.core.verdict.Budget;

/** What to say when the heap that this process was given is too small. */
final class FullHeap {
  private static final int TIMES = 4;
  private static final long MEGABYTE = 1 << 20;

  private FullHeap() {}

  /** What happened: its size, and how far the work came. */
  static String after(String covered) {
    return "the heap of "
        + Megabytes.of(Runtime.getRuntime().maxMemory())
        + " is full: "
        + covered
        + "; "
        + remedy();
  }

  /** What to do. */
  static String remedy() {
    long megabytes = Math.max(1, Runtime.getRuntime().maxMemory() / MEGABYTE * TIMES);
    return "give it more, as in TRIAL_JAVA_OPTS=-Xmx" + megabytes + "m ./trial ...";
  }

  /** True if this is why a checker could not tell. */
  static boolean explains(String unknown) {
    return unknown != null && unknown.contains(Budget.HEAP_IS_FULL);
  }
}
