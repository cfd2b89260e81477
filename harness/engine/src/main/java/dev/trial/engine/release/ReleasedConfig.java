package dev.trial.engine.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings that released jars define, asked of them in a class loader of their own. */
final class ReleasedConfig implements AutoCloseable {
  private final URLClassLoader release;

  /** {@code parent} has what the jars need and don't hold. */
  ReleasedConfig(Collection<Path> jars, ClassLoader parent) {
    this.release =
        new URLClassLoader(jars.stream().map(ReleasedConfig::url).toArray(URL[]::new), parent);
  }

  /** Defaults by setting, of a class with a static {@code configDef()}. */
  SortedMap<String, String> defaults(String config) {
    try {
      Object definition = release.loadClass(config).getMethod("configDef").invoke(null);
      Map<?, ?> values =
          (Map<?, ?>) definition.getClass().getMethod("defaultValues").invoke(definition);
      SortedMap<String, String> told = new TreeMap<>();
      values.forEach((name, value) -> told.put(String.valueOf(name), text(value)));
      return told;
    } catch (ReflectiveOperationException other) {
      throw new IllegalStateException("no release that tells its defaults in " + config, other);
    }
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

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException error) {
      throw new UncheckedIOException(error);
    }
  }

  @Override
  public void close() {
    try {
      release.close();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
