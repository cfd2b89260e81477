package dev.trial.sim.world;

import dev.trial.core.world.DiskException;
import dev.trial.core.world.DiskFile;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Content of a file and, as a prefix of it and what a truncation took away, its flushed content.
 * Bytes once written are never overwritten in place, so that views stay true.
 */
final class SimFile implements DiskFile {
  private static final byte[] EMPTY = new byte[0];

  private byte[] content = EMPTY;
  private int size;

  /** The first so many bytes are flushed. */
  private int flushedPrefix;

  /** Flushed bytes after the prefix that were truncated since; empty after a flush. */
  private byte[] flushedTail = EMPTY;

  @Override
  public long size() {
    return size;
  }

  @Override
  public void append(ByteBuffer bytes) {
    int length = bytes.remaining();
    int needed = Math.addExact(size, length);
    if (needed > content.length) {
      content = Arrays.copyOf(content, Math.max(needed, Math.max(256, size + (size >> 1))));
    }
    bytes.get(content, size, length);
    size = needed;
  }

  @Override
  public ByteBuffer read(long position, int length) {
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
    flushedPrefix = size;
    flushedTail = EMPTY;
  }

  void losePower() {
    byte[] flushed = flushedContent(0);
    content = flushed;
    size = flushed.length;
    flush();
  }
}
