package dev.trial.app.command;

import dev.trial.core.verdict.Budget;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** A budget of time on the clock of the machine, and of nearly all the heap it was given. */
final class MachineBudget implements Budget {
  private static final long NS_PER_MS = 1_000_000;
  private static final int HEAP_PERCENT_MAX = 90;

  private final long limitMs;
  private final long begunNs = System.nanoTime();

  MachineBudget(long limitMs) {
    this.limitMs = limitMs;
  }

  @Override
  public String spent() {
    if ((System.nanoTime() - begunNs) / NS_PER_MS >= limitMs) {
      return "its " + limitMs + " ms are over";
    }
    return heapIsFull() ? HEAP_IS_FULL + " to " + HEAP_PERCENT_MAX + " %" : null;
  }

  /** As the last collection left it: garbage does not count. */
  private static boolean heapIsFull() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
      boolean tenured = usage != null && usage.getMax() > Runtime.getRuntime().maxMemory() / 2;
      if (tenured && usage.getUsed() > usage.getMax() / 100 * HEAP_PERCENT_MAX) {
        return true;
      }
    }
    return false;
  }
}
