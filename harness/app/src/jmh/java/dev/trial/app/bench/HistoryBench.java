package dev.trial.app.bench;

import dev.trial.checkers.Judge;
import dev.trial.core.history.History;
import dev.trial.core.history.HistoryJsonReader;
import dev.trial.core.history.HistoryJsonWriter;
import dev.trial.core.verdict.Verdict;
import dev.trial.core.work.Workers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

/** Reading a made history in our format, and judging it by every checker, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g", "-XX:+UseSerialGC"})
public class HistoryBench {
  @Param("100000")
  public int operations;

  @Param({"MANY_KEYS", "LONG_TRANSACTIONS"})
  public Shape shape;

  private byte[] lines;
  private History history;

  @Setup
  public void make() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (HistoryJsonWriter writer = new HistoryJsonWriter(out)) {
      MadeHistory.make(shape, operations, 1, writer::write);
    }
    lines = out.toByteArray();
    history = read();
  }

  @Benchmark
  public History read() throws IOException {
    return HistoryJsonReader.read(new ByteArrayInputStream(lines), Workers.NONE).history();
  }

  @Benchmark
  public Verdict judge() {
    return Judge.judge(history, CheckerBench.RULES);
  }
}
