package dev.trial.live.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.repository.RemoteRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {
  private static final String CLIENTS = "org.apache.kafka:kafka-clients:3.5.2";

  /**
   * The POM of this release has a profile activated by the JDK's version. A resolver that knows no
   * system properties finds it invalid and goes on without its dependencies: brokers of Kafka 4.4.0
   * then died of a missing class.
   */
  @Test
  void aPomWithProfilesBringsItsDependencies() {
    List<String> names =
        new Artifacts()
                .classPath(List.of("com.fasterxml.jackson.core:jackson-databind:2.21.7"), List.of())
                .stream()
                .map(Path::getFileName)
                .map(Path::toString)
                .toList();
    assertEquals(
        List.of(
            "jackson-databind-2.21.7.jar",
            "jackson-annotations-2.21.jar",
            "jackson-core-2.21.7.jar"),
        names);
  }

  @Test
  void aReleaseThatDoesNotExistIsNamed() {
    ArtifactMissingException missing =
        assertThrows(
            ArtifactMissingException.class,
            () -> new Artifacts().jar("org.apache.kafka:kafka-clients:0.0.1"));
    assertTrue(missing.getMessage().contains("org.apache.kafka:kafka-clients:0.0.1"));
  }

  /** Told as a release that does not exist, this sends people to look for a typing error. */
  @Test
  void aNetworkThatIsNotThereIsToldAsSuch(@TempDir Path local) throws IOException {
    String closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = "http://127.0.0.1:" + socket.getLocalPort() + "/maven2";
    }
    Artifacts artifacts = new Artifacts(local, List.of(remote(closed)));
    for (Executable resolution :
        List.<Executable>of(
            () -> artifacts.jar(CLIENTS), () -> artifacts.classPath(List.of(CLIENTS), List.of()))) {
      RepositoryUnreachableException unreachable =
          assertThrows(RepositoryUnreachableException.class, resolution);
      assertEquals(
          closed + " cannot be reached: nothing answers at its address", unreachable.reason());
    }
    Artifacts elsewhere = new Artifacts(local, List.of(remote("http://repository.invalid/maven2")));
    assertEquals(
        "http://repository.invalid/maven2 cannot be reached: its name is not known here",
        assertThrows(RepositoryUnreachableException.class, () -> elsewhere.jar(CLIENTS)).reason());
  }

  /** Whichever repository Maven had it from: its note of that is no reason to ask again. */
  @Test
  void whatIsInTheLocalRepositoryNeedsNoNetwork(@TempDir Path local) throws IOException {
    Path release = local.resolve("org/apache/kafka/kafka-clients/3.5.2");
    Files.createDirectories(release);
    Path jar = Files.writeString(release.resolve("kafka-clients-3.5.2.jar"), "a jar");
    Files.writeString(
        release.resolve("_remote.repositories"), "kafka-clients-3.5.2.jar>a-mirror=\n");
    Artifacts offline = new Artifacts(local, List.of(remote("http://repository.invalid/maven2")));
    assertEquals(jar, offline.jar(CLIENTS));
  }

  private static RemoteRepository remote(String url) {
    return new RemoteRepository.Builder("central", "default", url).build();
  }
}
