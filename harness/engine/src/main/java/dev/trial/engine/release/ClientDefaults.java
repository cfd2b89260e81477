package dev.trial.engine.release;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * The defaults of a released kafka-clients, as its own {@code ProducerConfig} and {@code
 * ConsumerConfig} tell them.
 *
 * @param producer by setting; what the release does not know is missing
 * @param consumer likewise
 */
public record ClientDefaults(
    SortedMap<String, String> producer, SortedMap<String, String> consumer) {
  private static final String PRODUCER = "org.apache.kafka.clients.producer.ProducerConfig";
  private static final String CONSUMER = "org.apache.kafka.clients.consumer.ConsumerConfig";

  /** Asks a jar. */
  public static ClientDefaults of(Path jar) {
    try (ReleasedConfig release = new ReleasedConfig(List.of(jar), new EverythingButKafka())) {
      return new ClientDefaults(release.defaults(PRODUCER), release.defaults(CONSUMER));
    }
  }

  /** The libraries that a release's settings need, such as the compressors, but not our Kafka. */
  private static final class EverythingButKafka extends ClassLoader {
    EverythingButKafka() {
      super(ClientDefaults.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.apache.kafka.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
