package dev.trial.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is no Kafka, or not there, is told in one line and leaves nothing. */
@Timeout(60)
class BadImageTest {
  private static final String ABSENT = "local/is-not-there:1";
  private static final String NO_KAFKA = "local/no-kafka:test";

  private Engine engine;

  @BeforeEach
  void engine() {
    engine = AnEngine.withKafka();
  }

  @Test
  void anImageThatIsNotThereIsTold() {
    String line = refused(ABSENT);
    assertTrue(line.startsWith("image " + ABSENT + " is not here and cannot be pulled: "), line);
  }

  @Test
  void anImageWithoutAShellIsNoKafka() {
    engine.client().createImageCmd(NO_KAFKA, emptyTar()).exec();
    try {
      String line = refused(NO_KAFKA);
      assertTrue(line.startsWith(NO_KAFKA + " is no Kafka image that Trial can run: "), line);
    } finally {
      engine.client().removeImageCmd(NO_KAFKA).withForce(true).exec();
    }
  }

  @Test
  void whatIsInTheImageIsFoundOut() {
    KafkaImage found = KafkaImage.of(engine, AnEngine.image());
    assertTrue(found.start().contains("bin/kafka-server-start"), found.start());
    assertTrue(found.storage().contains("bin/kafka-storage"), found.storage());
    assertTrue(found.version().major() >= 3, found.version().text());
  }

  private String refused(String image) {
    long before = ours();
    String line =
        assertThrows(ContainersException.OfImage.class, () -> KafkaImage.of(engine, image))
            .getMessage();
    assertEquals(1, line.lines().count(), line);
    assertEquals(before, ours(), "containers of this process");
    return line;
  }

  private long ours() {
    return engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Owner.self().labels())
        .exec()
        .size();
  }

  /** Two blocks of zeros: the end of a tar file with nothing in it. */
  private static java.io.InputStream emptyTar() {
    return new java.io.ByteArrayInputStream(new byte[1024]);
  }
}
