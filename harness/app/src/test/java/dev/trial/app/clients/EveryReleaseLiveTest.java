package dev.trial.app.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.trial.app.live.PlainCluster;
import dev.trial.live.artifact.Artifacts;
import dev.trial.workloads.clienttest.EverydayClient;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Plain clients of every minor release since 0.11 over TCP, each in a class loader of its own. */
class EveryReleaseLiveTest {
  private static final int REQUEST_TIMEOUT_MS = 20_000;
  private static final int USERS = 2;

  @TempDir private Path directory;
  private final Artifacts artifacts = new Artifacts();

  /** Each client library would say on its own that nobody takes its log. */
  @BeforeAll
  static void quiet() {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
  }

  @Test
  @Timeout(600)
  void everydayWorkIsDone() throws Exception {
    Map<String, List<String>> expected = new TreeMap<>();
    Map<String, Future<List<String>>> running = new TreeMap<>();
    Map<String, List<String>> seen = new TreeMap<>();
    List<String> releases = new ArrayList<>(Releases.OLDER);
    releases.addAll(Releases.SIMULATED);
    List<String> log = new CopyOnWriteArrayList<>();
    ExecutorService users = Executors.newFixedThreadPool(USERS);
    try (PlainCluster cluster = new PlainCluster(directory, 13, log::add)) {
      for (String release : releases) {
        expected.put(release, Releases.expectedNotes(release));
        running.put(release, users.submit(() -> run(release, cluster.settings())));
      }
      for (String release : releases) {
        seen.put(release, running.get(release).get());
      }
    } finally {
      users.shutdownNow();
    }
    assertEquals(expected, seen, () -> String.join("\n", log));
  }

  private List<String> run(String release, Map<String, Object> cluster) throws Exception {
    Map<String, Object> settings = new HashMap<>(cluster);
    settings.put("client.id", "client-" + release);
    settings.put("request.timeout.ms", REQUEST_TIMEOUT_MS);
    List<String> notes = new CopyOnWriteArrayList<>();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = loader(release)) {
      Thread.currentThread().setContextClassLoader(loader);
      run(loader, release, settings, notes);
    } catch (InvocationTargetException failed) {
      notes.add("failed: " + failed.getCause());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    return notes;
  }

  private static void run(
      ClassLoader loader, String release, Map<String, Object> settings, List<String> notes)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(EverydayClient.class.getName(), true, loader);
    boolean durations = Releases.since(release, 2, 0);
    Consumer<String> sink = notes::add;
    Object client =
        type.getConstructor(Map.class, String.class, boolean.class, Consumer.class)
            .newInstance(settings, "topic-" + release, durations, sink);
    type.getMethod("run", boolean.class).invoke(client, Releases.knowsServerSideGroups(release));
  }

  /** That release, and nothing of the one that this test is compiled against. */
  private URLClassLoader loader(String release) throws IOException {
    URL[] path = {
      url(artifacts.jar("org.apache.kafka:kafka-clients:" + release)),
      location(LoggerFactory.class),
      location(EverydayClient.class)
    };
    return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  private static URL location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
