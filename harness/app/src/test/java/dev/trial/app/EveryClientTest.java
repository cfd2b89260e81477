package dev.trial.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The core claims with the last patch of every minor release of kafka-clients from 2.8 to 4.4, five
 * seeds each, as {@code trial run --client VERSION} holds them. It takes most of an hour; {@link
 * ReleasedClientsTest} holds a slice of it in every build.
 */
@Tag("clients")
class EveryClientTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2.8.2", "3.0.2", "3.1.2", "3.2.3", "3.3.2", "3.4.1", "3.5.2", "3.6.2", "3.7.2", "3.8.1",
        "3.9.2", "4.0.2", "4.1.2", "4.2.2", "4.3.1", "4.4.0"
      })
  void keepsTheCoreClaims(String client) {
    Said said = Said.trial("run", "--client=" + client, "--out=" + directory);
    assertEquals(0, said.exit(), said.out() + said.err());
  }
}
