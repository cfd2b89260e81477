package dev.trial.app.bench;

import dev.trial.checkers.jepsen.KafkaExport;
import dev.trial.checkers.jepsen.KafkaHistory;
import dev.trial.checkers.jepsen.KafkaHistoryReader;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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

/** Reading the same made history as Jepsen's Kafka workload writes it, in EDN, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g", "-XX:+UseSerialGC"})
public class KafkaHistoryBench {
  @Param("100000")
  public int operations;

  @Param({"MANY_KEYS", "LONG_TRANSACTIONS"})
  public Shape shape;

  private byte[] lines;

  @Setup
  public void make() throws IOException {
    List<Operation> made = new ArrayList<>();
    MadeHistory.make(shape, operations, 1, made::add);
    StringBuilder edn = new StringBuilder();
    KafkaExport.write(new History(made), edn);
    lines = edn.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public KafkaHistory read() throws IOException {
    return KafkaHistoryReader.read(new ByteArrayInputStream(lines));
  }
}
