package dev.trial.app.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trial.app.bench.Stopwatch.Lapse;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Locale;

/**
 * What a bench of the checkers found.
 *
 * @param fileBytes of the history in our format, not compressed
 * @param read from the file to a history
 * @param judge from a history to a verdict
 * @param peakHeapBytes the most heap in use meanwhile, garbage included
 */
public record CheckerFigures(
    Shape shape,
    long operations,
    long fileBytes,
    Lapse read,
    Lapse judge,
    long peakHeapBytes,
    String verdict) {
  private static final long NS_PER_MS = 1_000_000;

  static void resetPeak() {
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  /** For people. */
  public List<String> lines() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%s, %,d operations, %,d MB: %s",
            shape.id(),
            operations,
            fileBytes >> 20,
            verdict),
        line("read", read),
        line("judged", judge),
        String.format(Locale.ROOT, "peak heap  %,d MB", peakHeapBytes >> 20));
  }

  private static String line(String what, Lapse lapse) {
    return String.format(
        Locale.ROOT,
        "%-10s %.1f s (%.1f s of processor time)",
        what,
        lapse.wallNs() / 1e9,
        lapse.cpuNs() / 1e9);
  }

  /** For programs. */
  public String json() {
    ObjectNode node = new JsonMapper().createObjectNode();
    node.put("version", BenchFigures.VERSION);
    node.put("shape", shape.id()).put("operations", operations).put("file_bytes", fileBytes);
    node.put("read_ms", read.wallNs() / NS_PER_MS).put("judge_ms", judge.wallNs() / NS_PER_MS);
    node.put("read_cpu_ms", read.cpuNs() / NS_PER_MS);
    node.put("judge_cpu_ms", judge.cpuNs() / NS_PER_MS);
    return node.put("peak_heap_bytes", peakHeapBytes).put("verdict", verdict).toString();
  }
}
