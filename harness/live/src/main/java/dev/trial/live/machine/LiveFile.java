package dev.trial.live.machine;

import dev.trial.core.world.DiskException;
import dev.trial.core.world.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;

/** One file; remembers how much of it a power loss would keep. */
final class LiveFile implements DiskFile {
  private final Path path;
  private final FileChannel channel;
  private final Flushes flushes;
  private CompletableFuture<Void> lastFlush = CompletableFuture.completedFuture(null);
  private long size;
  private long flushed;

  /** {@code knownFlushed} is null for a file that this machine's life has not seen before. */
  LiveFile(Path path, Long knownFlushed, Flushes flushes) {
    this.path = path;
    this.flushes = flushes;
    try {
      channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      size = channel.size();
      flushed = knownFlushed == null ? size : knownFlushed;
    } catch (IOException e) {
      throw failure("open", e);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void append(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        size += channel.write(bytes, size);
      }
    } catch (IOException e) {
      throw failure("append to", e);
    }
  }

  @Override
  public ByteBuffer read(long position, int length) {
    int available = (int) Math.max(0, Math.min(length, size - position));
    ByteBuffer buffer = ByteBuffer.allocate(available);
    try {
      while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
        // read(2) may return less than was asked for
      }
    } catch (IOException e) {
      throw failure("read", e);
    }
    return buffer.flip();
  }

  @Override
  public void truncate(long newSize) {
    try {
      channel.truncate(newSize);
      size = Math.min(size, newSize);
      flushed = Math.min(flushed, newSize);
    } catch (IOException e) {
      throw failure("truncate", e);
    }
  }

  /** What is sent from now on waits for the disk, and so who hears of it may count on it. */
  @Override
  public void flush() {
    flushed = size;
    lastFlush = CompletableFuture.allOf(lastFlush, flushes.begin(this::force));
  }

  private void force() {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw failure("flush", e);
    }
  }

  long flushed() {
    return flushed;
  }

  void losePower() {
    truncate(flushed);
  }

  void close() {
    lastFlush.thenRun(this::closeChannel);
  }

  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure("close", e);
    }
  }

  private DiskException failure(String what, IOException cause) {
    return new DiskException("cannot " + what + " " + path.getFileName(), cause);
  }
}
