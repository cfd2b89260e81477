package dev.trial.checkers.append;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Times the judgement of a history of 100,000 transactions in memory, on one thread, twenty times
 * after ten that do not count. Times are of the processor, so other programs disturb them little:
 *
 * <pre>
 * java -cp checkers/target/test-classes:checkers/target/classes:… \
 *     dev.trial.checkers.append.ListAppendBench [transactions] [processes] [appends per key]
 * </pre>
 */
public final class ListAppendBench {
  private static final int WARM_UP = 10;
  private static final int MEASURED = 20;

  private ListAppendBench() {}

  /** Arguments: transactions, processes, appends per key. */
  public static void main(String[] args) {
    int transactions = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int processes = args.length > 1 ? Integer.parseInt(args[1]) : 10;
    int appendsPerKey = args.length > 2 ? Integer.parseInt(args[2]) : 64;
    AppendHistory history = new SerialStore(1, processes, 10, appendsPerKey).history(transactions);
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long[] times = new long[MEASURED];
    AppendVerdict verdict = null;
    for (int i = -WARM_UP; i < MEASURED; i++) {
      long start = clock.getCurrentThreadCpuTime();
      verdict = ListAppend.check(history);
      if (i >= 0) {
        times[i] = clock.getCurrentThreadCpuTime() - start;
      }
    }
    Arrays.sort(times);
    System.out.printf(
        "%,d transactions of %d processes, %,d lists, %,d dependencies, valid %s%n",
        transactions, processes, history.keys().size(), verdict.edges(), verdict.valid());
    System.out.printf(
        "least %.0f ms, median %.0f ms, greatest %.0f ms%n",
        times[0] / 1e6, times[MEASURED / 2] / 1e6, times[MEASURED - 1] / 1e6);
  }
}
