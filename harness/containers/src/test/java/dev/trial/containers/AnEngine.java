package dev.trial.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

/**
 * The engine and the Kafka image that tests use where they are to be had; nothing is pulled for
 * them. {@code TRIAL_KAFKA_IMAGE} names another image.
 */
final class AnEngine {
  private AnEngine() {}

  static String image() {
    return System.getenv().getOrDefault("TRIAL_KAFKA_IMAGE", "apache/kafka:4.3.1");
  }

  /** Skips the test where there is none, and says why. */
  static Engine withKafka() {
    Optional<String> missing = Engine.missing();
    assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
    Engine engine = Engine.reach();
    assumeTrue(
        engine.has(image()),
        () -> "skipped: no image " + image() + " here; TRIAL_KAFKA_IMAGE names another");
    return engine;
  }
}
