package dev.trial.checkers.linear;

import dev.trial.checkers.foreign.KeyValueLog;
import dev.trial.checkers.foreign.RegisterLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times the search on the histories published with Porcupine, parsed before, on one thread, thirty
 * times after two seconds that do not count. Times are of the processor:
 *
 * <pre>
 * java -cp checkers/target/test-classes:checkers/target/classes:… \
 *     dev.trial.checkers.linear.LinearBench FOLDER
 * </pre>
 *
 * where FOLDER has {@code jepsen/etcd_000.log} … {@code etcd_050.log} and {@code kv/c10-ok.txt}.
 */
public final class LinearBench {
  private static final long WARM_UP_NS = 2_000_000_000L;
  private static final int MEASURED = 30;
  private static final int LOGS = 51;
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private LinearBench() {}

  /** Argument: the folder. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    List<List<Interval<RegisterModel.Operation>>> etcd = new ArrayList<>();
    for (int i = 0; i < LOGS; i++) {
      Path file = folder.resolve(String.format("jepsen/etcd_%03d.log", i));
      try (BufferedReader in = Files.newBufferedReader(file)) {
        etcd.add(RegisterLog.read(in));
      }
    }
    time("51 etcd logs", () -> etcd.forEach(each -> check(new RegisterModel(), each)));
    for (String name : new String[] {"c01-ok", "c01-bad", "c10-ok", "c10-bad"}) {
      try (BufferedReader in = Files.newBufferedReader(folder.resolve("kv/" + name + ".txt"))) {
        List<Interval<AppendModel.Operation>> history = KeyValueLog.read(in);
        time("kv " + name, () -> check(new AppendModel(), history));
      }
    }
  }

  private static <S, O> void check(Model<S, O> model, List<Interval<O>> history) {
    Linearizability.check(model, history, Linearizability.DEFAULT_CONFIGURATIONS_MAX);
  }

  private static void time(String name, Runnable work) {
    long[] times = new long[MEASURED];
    for (long warm = CLOCK.getCurrentThreadCpuTime() + WARM_UP_NS;
        CLOCK.getCurrentThreadCpuTime() < warm; ) {
      work.run();
    }
    for (int i = 0; i < MEASURED; i++) {
      long start = CLOCK.getCurrentThreadCpuTime();
      work.run();
      times[i] = CLOCK.getCurrentThreadCpuTime() - start;
    }
    Arrays.sort(times);
    System.out.printf(
        "%-14s least %.3f ms, median %.3f ms, greatest %.3f ms%n",
        name, times[0] / 1e6, times[MEASURED / 2] / 1e6, times[MEASURED - 1] / 1e6);
  }
}
