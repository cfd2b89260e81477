package dev.trial.app.command;

import dev.trial.core.verdict.Budget;
import dev.trial.engine.work.HeapLimit;

/** What a command says when the heap that this process was given is too small. */
final class FullHeap {

  private FullHeap() {}

  /** What happened: its size, and how far the work came. */
  static String after(String covered) {
    return HeapLimit.sentence() + ": " + covered + "; " + remedy();
  }

  /** What to do. */
  static String remedy() {
    return HeapLimit.remedy();
  }

  /** True if this is why a checker could not tell. */
  static boolean explains(String unknown) {
    return unknown != null && unknown.contains(Budget.HEAP_IS_FULL);
  }
}
