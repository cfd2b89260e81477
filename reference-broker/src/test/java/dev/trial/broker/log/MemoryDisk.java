package dev.trial.broker.log;

import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A disk in memory that can lose what was not flushed. */
public final class MemoryDisk implements Disk {
  private final NavigableMap<String, Content> files = new TreeMap<>();

  @Override
  public DiskFile open(String name) {
    return files.computeIfAbsent(name, n -> new Content());
  }

  @Override
  public List<String> list(String prefix) {
    return files.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  @Override
  public void rename(String from, String to) {
    Content content = files.remove(from);
    content.flush();
    files.put(to, content);
  }

  /** Loses every unflushed byte. */
  public void losePower() {
    files.values().forEach(content -> content.bytes = content.durable);
  }

  /** Cuts or spoils the tail of a file, as a torn write does. */
  public void tear(String name, int keepBytes) {
    Content content = files.get(name);
    content.bytes = Arrays.copyOf(content.bytes, keepBytes);
    content.durable = content.bytes;
  }

  /** Flips one bit. */
  public void flip(String name, int position) {
    files.get(name).bytes[position] ^= 1;
  }

  private static final class Content implements DiskFile {
    private byte[] bytes = new byte[0];
    private byte[] durable = new byte[0];

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void append(ByteBuffer more) {
      int old = bytes.length;
      bytes = Arrays.copyOf(bytes, old + more.remaining());
      more.get(bytes, old, bytes.length - old);
    }

    @Override
    public ByteBuffer read(long position, int length) {
      int from = (int) position;
      int end = Math.min(bytes.length, from + length);
      return ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, end)).asReadOnlyBuffer();
    }

    @Override
    public void truncate(long size) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(size, bytes.length));
    }

    @Override
    public void flush() {
      durable = bytes.clone();
    }
  }
}
