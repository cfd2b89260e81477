package dev.trial.engine.campaign;

import dev.trial.core.history.HistoryJsonWriter;
import dev.trial.core.history.Operation;
import dev.trial.engine.targets.OperationSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** A history as the bytes of its file, kept in memory and hashed; a copy may stream to a file. */
final class HistoryBytes extends OutputStream implements OperationSink {
  private byte[] bytes = new byte[1 << 16];

  /** Counted once the bytes are there: another thread may store what there is. */
  private volatile int length;

  private volatile IOException refused;

  private final HistoryJsonWriter writer = new HistoryJsonWriter(this);
  private final OutputStream copy;
  private final CRC32C checksum = new CRC32C();

  /** {@code copy} gets every line at once, for runs that may be interrupted; null: nobody does. */
  HistoryBytes(OutputStream copy) {
    this.copy = copy;
  }

  @Override
  public long add(Operation operation) {
    try {
      int before = length;
      writer.write(operation);
      writer.flush();
      if (copy != null) {
        copy.write(bytes, before, length - before);
        copy.flush();
      }
      checksum.reset();
      checksum.update(bytes, before, length - before);
      return checksum.getValue();
    } catch (IOException e) {
      refused = e;
      throw new UncheckedIOException("cannot write the history", e);
    }
  }

  /** Why the copy has not all of it; null if it has. */
  IOException refused() {
    return refused;
  }

  /** What there is up to {@link #length}, which may be asked by another thread: first. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    int end = length + count;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end));
    }
    System.arraycopy(source, offset, bytes, end - count, count);
    length = end;
  }
}
