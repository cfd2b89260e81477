package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.trial.core.profile.Profile;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.targets.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Same seed, same bytes: in one JVM, in another one, and on a newer JDK where there is one. */
class DeterminismTest {
  private static final String CLAIM = "acks-all-min-isr-2";

  @Test
  void freshAndReusedRealmsGiveTheSameTraceAndHistory() {
    try (Target fresh = SpecFixture.freshSimulation();
        Target reused = SpecFixture.simulation()) {
      RunSpec spec = SpecFixture.spec(fresh, CLAIM, 7);
      RunResult first = SpecFixture.run(fresh, spec, null);
      SpecFixture.run(reused, SpecFixture.spec(reused, CLAIM, 3), null);
      RunResult second = SpecFixture.run(reused, spec, null);
      assertEquals(first.summary().traceHash(), second.summary().traceHash());
      assertEquals(first.summary().historySha256(), second.summary().historySha256());
    }
  }

  /** The consumer of KIP-848 has a thread of its own, queues and futures between it and polls. */
  @Test
  void soDoesTheConsumerProtocol() {
    try (Target fresh = SpecFixture.freshSimulation();
        Target reused = SpecFixture.simulation()) {
      RunSpec spec = SpecFixture.spec(fresh, "session-timeout-zombie", 1, 7);
      assertEquals("consumer", spec.profile().consumer().get("group.protocol"));
      RunResult first = SpecFixture.run(fresh, spec, null);
      RunSpec other = SpecFixture.spec(reused, "rebalance-commit-on-revoke", 1, 3);
      SpecFixture.run(reused, other, null);
      RunResult second = SpecFixture.run(reused, spec, null);
      assertEquals(first.summary().traceHash(), second.summary().traceHash());
      assertEquals(first.summary().historySha256(), second.summary().historySha256());
    }
  }

  @Test
  void anotherJvmAndANewerJdkGiveTheSameTrace() throws IOException {
    String here;
    try (Target target = SpecFixture.simulation()) {
      here =
          SpecFixture.run(target, SpecFixture.spec(target, CLAIM, 7), null).summary().traceHash();
    }
    for (List<String> java : javas()) {
      assertEquals(here, fork(java), "on " + java.get(0));
    }
  }

  @Test
  void seedsAndTimersAllMatter() {
    try (Target target = SpecFixture.simulation()) {
      Set<String> hashes = new HashSet<>();
      for (long seed = 1; seed <= 5; seed++) {
        hashes.add(
            SpecFixture.run(target, SpecFixture.spec(target, CLAIM, seed), null)
                .summary()
                .traceHash());
      }
      assertEquals(5, hashes.size());
      RunSpec spec = SpecFixture.spec(target, CLAIM, 1);
      assertNotEquals(
          SpecFixture.run(target, spec, null).summary().traceHash(),
          SpecFixture.run(target, oneTimerOneMillisecondLater(spec), null).summary().traceHash());
    }
  }

  private static RunSpec oneTimerOneMillisecondLater(RunSpec spec) {
    Profile profile = spec.profile().broker("broker.heartbeat.interval.ms", 401);
    return new RunSpec(
        spec.claim(),
        spec.workload(),
        spec.parameters(),
        profile,
        spec.target(),
        spec.client(),
        spec.seed(),
        spec.loadMs(),
        spec.faults(),
        spec.mutants());
  }

  /** This JDK, and every newer one that is installed where Linux distributions put them. */
  private static List<List<String>> javas() throws IOException {
    List<List<String>> javas = new ArrayList<>();
    javas.add(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> homes = Files.list(installed)) {
        homes
            .map(home -> home.resolve("bin/java"))
            .filter(java -> Files.isExecutable(java) && java.toString().contains("25"))
            .forEach(java -> javas.add(newer(java)));
      }
    }
    return javas;
  }

  private static List<String> newer(Path java) {
    return List.of(java.toString(), "--add-exports", "java.base/jdk.internal.vm=ALL-UNNAMED");
  }

  private static String fork(List<String> java) throws IOException {
    List<String> command = new ArrayList<>(java);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Once.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader output = process.inputReader()) {
      return output.lines().reduce("", (before, line) -> line);
    }
  }

  /** Prints the trace of seed 7. */
  static final class Once {
    public static void main(String[] arguments) {
      try (Target target = SpecFixture.simulation()) {
        System.out.println(
            SpecFixture.run(target, SpecFixture.spec(target, CLAIM, 7), null)
                .summary()
                .traceHash());
      }
    }
  }
}
