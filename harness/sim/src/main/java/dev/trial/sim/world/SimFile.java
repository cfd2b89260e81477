package dev.trial.sim.world;

import dev.trial.core.world.DiskException;
import dev.trial.core.world.DiskFile;
import dev.trial.core.world.RandomStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Content of a file and, as a prefix of it and what a truncation took away, its flushed content.
 * Bytes once written are never overwritten in place, so that views stay true.
 */
final class SimFile implements DiskFile {
  private static final byte[] EMPTY = new byte[0];

  private final SimDisk disk;
  private byte[] content = EMPTY;
  private int size;

  /** The first so many bytes are flushed. */
  private int flushedPrefix;

  /** Flushed bytes after the prefix that were truncated since; empty after a flush. */
  private byte[] flushedTail = EMPTY;

  SimFile(SimDisk disk) {
    this.disk = disk;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void append(ByteBuffer bytes) {
    disk.called();
    int length = disk.room(bytes.remaining());
    boolean cutShort = length < bytes.remaining();
    int needed = Math.addExact(size, length);
    if (needed > content.length) {
      content = Arrays.copyOf(content, Math.max(needed, Math.max(256, size + (size >> 1))));
    }
    bytes.get(content, size, length);
    size = needed;
    if (cutShort) {
      disk.checkWrite();
    }
  }

  @Override
  public ByteBuffer read(long position, int length) {
    disk.called();
    disk.checkRead();
    if (position < 0 || position > size || length < 0) {
      throw new DiskException(
          "can't read " + length + " bytes at " + position + " of a file of " + size + " bytes");
    }
    int start = (int) position;
    int available = Math.min(length, size - start);
    return ByteBuffer.wrap(content, start, available).slice().asReadOnlyBuffer();
  }

  @Override
  public void truncate(long newSize) {
    disk.called();
    disk.checkWrite();
    if (newSize < 0) {
      throw new DiskException("can't truncate to " + newSize + " bytes");
    }
    if (newSize >= size) {
      return;
    }
    int end = (int) newSize;
    if (end < flushedPrefix) {
      flushedTail = flushedContent(end);
      flushedPrefix = end;
    }
    content = Arrays.copyOf(content, end);
    size = end;
  }

  /** Flushed bytes from {@code start} on. */
  private byte[] flushedContent(int start) {
    int kept = flushedPrefix - start;
    byte[] flushed = Arrays.copyOfRange(content, start, flushedPrefix + flushedTail.length);
    System.arraycopy(flushedTail, 0, flushed, kept, flushedTail.length);
    return flushed;
  }

  @Override
  public void flush() {
    disk.called();
    disk.checkWrite();
    flushed();
  }

  private void flushed() {
    flushedPrefix = size;
    flushedTail = EMPTY;
  }

  /**
   * Only what was flushed is left; of a torn write more.
   *
   * @param torn decides how much more, null for nothing
   */
  void losePower(RandomStream torn) {
    byte[] left =
        torn == null || size <= flushedPrefix || flushedTail.length > 0
            ? flushedContent(0)
            : torn(torn);
    content = left;
    size = left.length;
    flushed();
  }

  private byte[] torn(RandomStream random) {
    int reached = (int) random.between(flushedPrefix, size);
    int allocated = random.chance(0.5) ? (int) random.between(reached, size) : reached;
    return Arrays.copyOf(Arrays.copyOf(content, reached), allocated);
  }

  /** Views that were given out before do not change. */
  void flipBit(RandomStream random) {
    content = content.clone();
    content[random.nextInt(size)] ^= (byte) (1 << random.nextInt(8));
  }
}
