package dev.trial.live.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArtifactsTest {

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
}
