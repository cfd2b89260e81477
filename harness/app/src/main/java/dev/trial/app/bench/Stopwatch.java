package dev.trial.app.bench;

import java.lang.management.ManagementFactory;

/** Time on the clock of the machine, and what this process spent of its processors. */
public final class Stopwatch {
  private final long begunNs = System.nanoTime();
  private final long begunCpuNs = cpuNs();
  private Lapse lapse;

  /**
   * A span of time.
   *
   * @param wallNs on the clock
   * @param cpuNs of all threads, the compiler's and the collector's too; −1 where unknown
   */
  public record Lapse(long wallNs, long cpuNs) {}

  /** Stops, and starts another. */
  Stopwatch next() {
    stop();
    return new Stopwatch();
  }

  /** Ends the span. */
  public void stop() {
    lapse = new Lapse(System.nanoTime() - begunNs, cpuNs() - begunCpuNs);
  }

  /** From its start to its stop. */
  public Lapse lapse() {
    return lapse;
  }

  /** Since this process began. */
  public static Lapse sinceTheStart() {
    long wallMs = ManagementFactory.getRuntimeMXBean().getUptime();
    return new Lapse(wallMs * 1_000_000, cpuNs());
  }

  private static long cpuNs() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : -1;
  }
}
