package dev.trial.core.world;

import java.nio.ByteBuffer;

/** One file of a {@link Disk}. Errors surface as {@link DiskException}. */
public interface DiskFile {

  /** Length in bytes, unflushed bytes included. */
  long size();

  /** Appends the remaining bytes of {@code bytes}. */
  void append(ByteBuffer bytes);

  /** A read-only view or copy of up to {@code length} bytes from {@code position}. */
  ByteBuffer read(long position, int length);

  /** Cuts the file to {@code size} bytes. */
  void truncate(long size);

  /** Makes all written bytes survive a power loss (fsync). */
  void flush();
}
