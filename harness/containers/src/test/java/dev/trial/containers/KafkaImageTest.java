package dev.trial.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KafkaImageTest {

  @Test
  void aJarTellsKafkasVersion() {
    assertEquals("4.3.1", version("kafka_2.13-4.3.1.jar"));
    assertEquals("3.3.2", version("kafka_2.12-3.3.2.jar"));
  }

  @Test
  void confluentCountsFourAhead() {
    assertEquals("3.9.0", version("kafka_2.13-7.9.2-ccs.jar"));
    assertEquals("4.0.0", version("kafka_2.13-8.0.0-ccs.jar"));
    assertEquals("4.1.0", version("kafka_2.13-8.1.0-ce.jar"));
  }

  @Test
  void whatNeedsZooKeeperOrTellsNothingIsRefused() {
    refused("kafka_2.13-3.2.3.jar", "some/image has Kafka 3.2.3; without ZooKeeper");
    refused("kafka_2.13-6.2.0-ccs.jar", "some/image has Kafka 2.2.0");
    refused("kafka_2.13-next.jar", "no version can be read from kafka_2.13-next.jar");
  }

  private static String version(String jar) {
    return KafkaImage.version("some/image", jar).text();
  }

  private static void refused(String jar, String expected) {
    ContainersException refused = assertThrows(ContainersException.Named.class, () -> version(jar));
    assertTrue(refused.getMessage().contains(expected), refused.getMessage());
  }
}
