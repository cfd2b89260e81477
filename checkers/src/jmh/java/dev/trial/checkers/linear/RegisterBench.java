package dev.trial.checkers.linear;

import dev.trial.checkers.linear.RegisterModel.Operation;
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

/** The search for an order in which a register explains a history, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx2g", "-XX:+UseSerialGC"})
public class RegisterBench {
  @Param("10000")
  public int operations;

  @Param({"5", "10"})
  public int processes;

  private List<Interval<Operation>> history;

  @Setup
  public void make() {
    history = new MadeRegister(1, processes).history(operations);
  }

  @Benchmark
  public Linearity<Operation> judge() {
    return Linearizability.check(
        new RegisterModel(), history, Linearizability.DEFAULT_CONFIGURATIONS_MAX);
  }
}
