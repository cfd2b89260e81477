package dev.trial.live.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller without the first metadata gives a cluster that it leads no feature at all. */
class FormattedDiskTest {
  private static final String SNAPSHOT =
      "__cluster_metadata-0/00000000000000000000-0000000000.checkpoint";

  @TempDir private Path directory;
  private Path model;

  @BeforeEach
  void format() throws IOException {
    model = directory.resolve("controller-101");
    Files.createDirectories(model.resolve(SNAPSHOT).getParent());
    Files.writeString(
        model.resolve("meta.properties"),
        "version=1\nnode.id=101\ndirectory.id=AAAAAAAAAAAAAAAAAAAAAA\ncluster.id=c\n");
    Files.writeString(model.resolve("bootstrap.checkpoint"), "as before 4.4");
    Files.writeString(model.resolve(SNAPSHOT), "as since 4.4");
  }

  @Test
  void anotherControllerHasTheFirstMetadata() throws IOException {
    Path other = directory.resolve("controller-102");
    FormattedDisk.copy(model, other, 102, true);
    assertEquals("as since 4.4", Files.readString(other.resolve(SNAPSHOT)));
    assertEquals("as before 4.4", Files.readString(other.resolve("bootstrap.checkpoint")));
    List<String> meta = Files.readAllLines(other.resolve("meta.properties"));
    assertEquals("node.id=102", meta.get(1));
    assertFalse(meta.contains("directory.id=AAAAAAAAAAAAAAAAAAAAAA"));
    assertEquals("cluster.id=c", meta.get(3));
  }

  @Test
  void aBrokerHasNoMetadataLog() throws IOException {
    Path broker = directory.resolve("broker-1");
    FormattedDisk.copy(model, broker, 1, false);
    assertFalse(Files.exists(broker.resolve(SNAPSHOT)));
    assertEquals("as before 4.4", Files.readString(broker.resolve("bootstrap.checkpoint")));
  }
}
