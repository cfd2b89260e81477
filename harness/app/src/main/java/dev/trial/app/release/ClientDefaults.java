package dev.trial.app.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The defaults of a released kafka-clients, as its own {@code ProducerConfig} and {@code
 * ConsumerConfig} tell them. Each jar is asked in a class loader of its own.
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
    URL[] own = {url(jar)};
    try (URLClassLoader release = new URLClassLoader(own, new EverythingButKafka())) {
      return new ClientDefaults(defaults(release, PRODUCER), defaults(release, CONSUMER));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    } catch (ReflectiveOperationException other) {
      throw new IllegalStateException(jar + " is no kafka-clients that tells its defaults", other);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException error) {
      throw new UncheckedIOException(error);
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

  private static SortedMap<String, String> defaults(ClassLoader release, String config)
      throws ReflectiveOperationException {
    Object definition = release.loadClass(config).getMethod("configDef").invoke(null);
    Map<?, ?> values =
        (Map<?, ?>) definition.getClass().getMethod("defaultValues").invoke(definition);
    SortedMap<String, String> told = new TreeMap<>();
    values.forEach((name, value) -> told.put(String.valueOf(name), text(value)));
    return told;
  }

  /** Classes by their simple names, lists with commas. */
  private static String text(Object value) {
    if (value instanceof List<?> list) {
      List<String> each = new ArrayList<>();
      list.forEach(element -> each.add(text(element)));
      return String.join(", ", each);
    }
    return value instanceof Class<?> type ? type.getSimpleName() : String.valueOf(value);
  }
}
