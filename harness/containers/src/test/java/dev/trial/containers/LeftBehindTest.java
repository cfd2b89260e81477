package dev.trial.containers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing stays with the engine of a process that is gone, however it went. */
@Timeout(240)
class LeftBehindTest {
  private static final Duration STARTED = Duration.ofSeconds(120);
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private DockerClient client;

  @BeforeEach
  void engine() {
    client = AnEngine.withKafka().client();
  }

  @Test
  void killedItLeavesNeitherContainerNorNetwork() throws IOException {
    Path output = directory.resolve("output");
    Process cluster =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                SmallCluster.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      await().atMost(STARTED).until(() -> Files.readString(output).contains("owner="));
      Owner owner = owner(output);
      assertEquals(3, containers(owner), "a broker, a controller and their Toxiproxy");
      assertEquals(1, networks(owner));

      cluster.destroyForcibly();

      await().atMost(SOON).until(() -> containers(owner) == 0 && networks(owner) == 0);
    } finally {
      cluster.destroyForcibly();
    }
  }

  private static Owner owner(Path output) throws IOException {
    String line =
        Files.readAllLines(output).stream()
            .filter(each -> each.startsWith("owner="))
            .findFirst()
            .orElseThrow();
    return Owner.of(line.substring("owner=".length()));
  }

  @Test
  void theNextRunRemovesWhatTheDeadHaveLeftAndNothingElse() {
    Owner self = Owner.self();
    Owner dead = new Owner(self.machine(), self.boot(), self.pid(), self.startTicks() - 1);
    Owner elsewhere = new Owner("elsewhere", "boot", 1, 1);
    for (Owner owner : List.of(self, dead, elsewhere)) {
      client.createNetworkCmd().withName(name(owner)).withLabels(owner.labels()).exec();
    }
    try {
      List<String> removed = new Reaper(client).sweep();
      assertTrue(removed.contains(name(dead)), removed.toString());
      assertFalse(removed.contains(name(self)) || removed.contains(name(elsewhere)));
      assertEquals(
          List.of(1L, 0L, 1L), List.of(networks(self), networks(dead), networks(elsewhere)));
    } finally {
      new Reaper(client).remove(self);
      new Reaper(client).remove(dead);
      new Reaper(client).remove(elsewhere);
    }
  }

  /** The engine may still be busy with what the dead had asked for. */
  @Test
  void whatComesLateGoesToo() throws Exception {
    Owner self = Owner.self();
    Owner dead = new Owner(self.machine(), self.boot(), self.pid(), self.startTicks() - 2);
    client.createNetworkCmd().withName(name(dead)).withLabels(dead.labels()).exec();
    FutureTask<Void> removing =
        new FutureTask<>(
            () -> {
              new Reaper(client).removeFinally(dead);
              return null;
            });
    new Thread(removing, "removing").start();
    await().atMost(SOON).until(() -> networks(dead) == 0);

    client.createNetworkCmd().withName(name(dead)).withLabels(dead.labels()).exec();

    removing.get();
    assertEquals(0, networks(dead));
  }

  private static String name(Owner owner) {
    return "left-behind-" + Integer.toHexString(owner.hashCode());
  }

  private long containers(Owner owner) {
    return client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(owner.labels())
        .exec()
        .size();
  }

  private long networks(Owner owner) {
    return client.listNetworksCmd().exec().stream()
        .filter(each -> each.getLabels() != null)
        .filter(each -> owner.text().equals(each.getLabels().get(Owner.LABEL)))
        .count();
  }

  /** A program that starts a cluster, says whose it is, and waits. */
  static final class SmallCluster {
    private SmallCluster() {}

    public static void main(String[] arguments) throws IOException {
      TrialKafkaCluster kafka = new TrialKafkaCluster(AnEngine.image()).withNodes(1, 1);
      kafka.start();
      kafka.pause("broker-1");
      System.out.println("owner=" + Owner.self().text());
      System.in.read();
    }
  }
}
