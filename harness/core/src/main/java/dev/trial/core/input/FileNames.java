package dev.trial.core.input;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Texts as parts of the names of files. */
public final class FileNames {
  private static final int LENGTH_MAX = 40;

  private FileNames() {}

  /**
   * The text itself where every file system takes it; else what is left of it, and its checksum, so
   * that two texts do not become one name.
   */
  public static String part(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9._+-]", "-");
    if (plain.equals(text) && !text.isEmpty() && text.length() <= LENGTH_MAX) {
      return text;
    }
    CRC32C checksum = new CRC32C();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    String told = String.format("-%08x", checksum.getValue());
    return plain.substring(0, Math.min(plain.length(), LENGTH_MAX - told.length())) + told;
  }
}
