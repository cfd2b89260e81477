package dev.trial.sim.realm;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * Rewritten classes on disk, one file for each jar content and rewriter version. A file that is
 * damaged is as good as none; a file is replaced in one step.
 */
final class RewrittenClasses {
  private static final int MAGIC = 0x7472_6c01;

  private final Path file;
  private final Map<String, byte[]> classes = new ConcurrentHashMap<>();
  private boolean changed;

  /** Reads the cache; with null as directory it lives in memory only. */
  RewrittenClasses(Path directory, String jarHash) {
    String name = "realm-" + jarHash + "-" + Rewriter.VERSION + ".bin";
    this.file = directory == null ? null : directory.resolve(name);
    if (file != null && Files.exists(file)) {
      read();
    }
  }

  byte[] get(String name) {
    return classes.get(name);
  }

  synchronized void put(String name, byte[] rewritten) {
    classes.put(name, rewritten);
    changed = true;
  }

  private void read() {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      CRC32 sum = new CRC32();
      int magic = bytes.getInt();
      long expected = bytes.getLong();
      sum.update(bytes.duplicate());
      if (magic != MAGIC || sum.getValue() != expected) {
        return;
      }
      while (bytes.hasRemaining()) {
        byte[] name = new byte[bytes.getInt()];
        bytes.get(name);
        byte[] rewritten = new byte[bytes.getInt()];
        bytes.get(rewritten);
        classes.put(new String(name, StandardCharsets.UTF_8), rewritten);
      }
    } catch (IOException | BufferUnderflowException | NegativeArraySizeException damaged) {
      classes.clear();
    }
  }

  /** Writes what was added since; failing to is no reason to fail a run. */
  synchronized void save() {
    if (file == null || !changed) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), "realm", ".tmp");
      Files.write(fresh, encode());
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      changed = false;
    } catch (IOException readOnly) {
      changed = false;
    }
  }

  private byte[] encode() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    for (Map.Entry<String, byte[]> entry : new TreeMap<>(classes).entrySet()) {
      byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
      out.writeInt(name.length);
      out.write(name);
      out.writeInt(entry.getValue().length);
      out.write(entry.getValue());
    }
    CRC32 sum = new CRC32();
    sum.update(body.toByteArray());
    ByteBuffer file = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + body.size());
    return file.putInt(MAGIC).putLong(sum.getValue()).put(body.toByteArray()).array();
  }
}
