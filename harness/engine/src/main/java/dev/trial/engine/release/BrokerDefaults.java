package dev.trial.engine.release;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * The defaults of a released broker, as its own {@code KafkaConfig} tells them.
 *
 * @param broker by setting; what the release does not know is missing
 */
public record BrokerDefaults(SortedMap<String, String> broker) {
  private static final String BROKER = "kafka.server.KafkaConfig";

  /** Asks a release; its jars are all that a broker needs. */
  public static BrokerDefaults of(List<Path> jars) {
    try (ReleasedConfig release = new ReleasedConfig(jars, ClassLoader.getPlatformClassLoader())) {
      return new BrokerDefaults(release.defaults(BROKER));
    }
  }
}
