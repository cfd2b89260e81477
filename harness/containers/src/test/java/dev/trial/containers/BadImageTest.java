package dev.trial.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;

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
  void anImageWithoutKafkasScriptsIsNoKafka() {
    commitWithoutScripts();
    try {
      String line = refused(NO_KAFKA);
      assertTrue(line.startsWith(NO_KAFKA + " is no Kafka image that Trial can run: "), line);
      assertTrue(line.contains("no bin/kafka-server-start and bin/kafka-storage"), line);
    } finally {
      engine.client().removeImageCmd(NO_KAFKA).withForce(true).exec();
    }
  }

  /** Any image will do that has a shell; this one is here. */
  private void commitWithoutScripts() {
    KafkaImage found = KafkaImage.of(engine, AnEngine.image());
    try (Box box = new Box(engine, AnEngine.image(), "without-scripts")) {
      box.shell("rm " + found.start() + " " + found.storage()).user("0:0");
      box.withStartupCheckStrategy(new OneShotStartupCheckStrategy());
      box.start();
      engine
          .client()
          .commitCmd(box.getContainerId())
          .withRepository("local/no-kafka")
          .withTag("test")
          .exec();
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
        assertThrows(ContainersException.Named.class, () -> KafkaImage.of(engine, image))
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
}
