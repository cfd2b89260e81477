package dev.trial.checkers.append;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Judging transactions over lists, from a history in memory to the verdict, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g", "-XX:+UseSerialGC"})
public class ListAppendBench {
  @Param("100000")
  public int transactions;

  @Param({"10", "50"})
  public int processes;

  @Param("64")
  public int appendsPerKey;

  private AppendHistory history;

  @Setup
  public void make() {
    history = new SerialStore(1, processes, 10, appendsPerKey).history(transactions);
  }

  @Benchmark
  public AppendVerdict judge() {
    return ListAppend.check(history);
  }
}
