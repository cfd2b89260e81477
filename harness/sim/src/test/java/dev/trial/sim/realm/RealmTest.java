package dev.trial.sim.realm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.trial.sim.log.LogBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real producers and consumers run in realms, from their public constructors. */
class RealmTest {
  private static final int RECORDS = 200;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"4.3.1", "4.4.0", "3.9.2", "3.9.1", "3.0.0", "2.8.2"})
  void aClientOfEachVersionProducesAndConsumes(String version) throws Exception {
    try (Realm realm = realm(version, null)) {
      Outcome outcome = run(realm, 1, "none", true);
      assertEquals(List.of(), outcome.kernel.oracles);
      assertEquals(RECORDS, outcome.io.get("acked"));
      assertEquals(RECORDS, outcome.io.get("read"));
      assertEquals("main", outcome.io.get("thread"));
      assertEquals(RECORDS, outcome.broker.appended());
      assertEquals(RECORDS, outcome.broker.committed().values().stream().mapToLong(o -> o).sum());
    }
  }

  @Test
  void theSameSeedGivesTheSameTraceInFreshAndUsedRealms() throws Exception {
    long expected;
    try (Realm fresh = realm("4.3.1", directory)) {
      expected = run(fresh, 7, "gzip", true).kernel.hash();
    }
    try (Realm used = realm("4.3.1", directory)) {
      assertNotEquals(expected, run(used, 8, "gzip", false).kernel.hash());
      assertEquals(expected, run(used, 7, "gzip", true).kernel.hash());
      assertEquals(expected, run(used, 7, "gzip", true).kernel.hash());
    }
  }

  @Test
  void aDamagedCacheIsNotUsed() throws Exception {
    try (Realm realm = realm("4.3.1", directory)) {
      run(realm, 3, "none", false);
    }
    Path cache;
    try (java.util.stream.Stream<Path> files = Files.list(directory)) {
      cache = files.findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(cache);
    bytes[bytes.length / 2] ^= 1;
    Files.write(cache, bytes);
    try (Realm realm = realm("4.3.1", directory)) {
      assertEquals(RECORDS, run(realm, 3, "none", false).io.get("read"));
    }
  }

  private record Outcome(ToyKernel kernel, ToyBroker broker, Map<String, Object> io) {}

  private static Outcome run(Realm realm, long seed, String compression, boolean idempotent)
      throws Exception {
    ToyBroker broker = new ToyBroker();
    ToyKernel kernel = new ToyKernel(seed, 300, broker);
    broker.attach((delayMs, action) -> kernel.after(delayMs * 1_000_000L, action));
    Map<String, Object> io = new HashMap<>();
    Consumer<String> trace = kernel::trace;
    io.put("trace", trace);
    io.put("compression", compression);
    io.put("idempotent", String.valueOf(idempotent));
    Thread main = new Thread("main");
    main.setContextClassLoader(realm);
    realm.bind(kernel);
    kernel.spawn(main, () -> realm.runMain(kernel, main, () -> start(realm, io)));
    kernel.run();
    realm.unbind();
    LogBinding.unbind();
    return new Outcome(kernel, broker, io);
  }

  @SuppressWarnings("unchecked")
  private static void start(Realm realm, Map<String, Object> io) {
    try {
      Class<?> program = realm.loadClass("dev.trial.workloads.realmtest.ProduceThenConsume");
      ((Consumer<Map<String, Object>>) program.getConstructor().newInstance()).accept(io);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Realm realm(String version, Path cache) throws IOException {
    return new Realm(jar(version), cache, RealmTest.class.getClassLoader(), List.of());
  }

  /** The jar; skips the test where it is not, except for the version that always must be there. */
  /** The build fetches those that tests name. */
  static Path jar(String version) throws IOException {
    return new ClientJars().locate(version);
  }
}
