package dev.trial.sim.realm;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The classes and resources of one client jar. */
final class ClassSource implements AutoCloseable {
  private final Path path;
  private final JarFile jar;

  ClassSource(Path path) throws IOException {
    this.path = path;
    this.jar = new JarFile(path.toFile(), false);
  }

  /** The entry's bytes; null if the jar has none of that name. */
  synchronized byte[] bytes(String name) throws IOException {
    JarEntry entry = jar.getJarEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream stream = jar.getInputStream(entry)) {
      return stream.readAllBytes();
    }
  }

  /** The entry's address; null if the jar has none of that name. */
  @SuppressWarnings("deprecation") // URL.of came with a later JDK than we support
  URL url(String name) {
    try {
      return jar.getEntry(name) == null ? null : new URL("jar:" + path.toUri() + "!/" + name);
    } catch (MalformedURLException e) {
      throw new IllegalStateException("not an address: " + path, e);
    }
  }

  /** Hash of the jar's content. */
  String sha256() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(path)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }
}
