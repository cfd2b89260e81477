package dev.trial.results.store;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * A text file to which whole lines are added, one write each: whoever dies in the middle leaves at
 * most one line that has no end, and that is cut off when the file is opened again.
 */
public final class LineFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private LineFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens the file to go on after its last whole line; it is made if need be.
   *
   * @throws StoreException if it cannot be written
   */
  public static LineFile append(Path path) {
    try {
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      long end = endOfLastLine(channel);
      channel.truncate(end);
      channel.position(end);
      return new LineFile(path, channel);
    } catch (IOException e) {
      throw new StoreException(path, e);
    }
  }

  /** Hands over each whole line of a file, in order; of a line without an end, nothing. */
  public static void read(Path path, Consumer<String> each) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      Whole whole = new Whole(Channels.newInputStream(channel), endOfLastLine(channel));
      channel.position(0);
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(whole, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        each.accept(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read: " + FileProblem.reason(e), e);
    }
  }

  /** True if there is such a file with a whole line in it. */
  public static boolean hasLines(Path path) {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return endOfLastLine(channel) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read: " + FileProblem.reason(e), e);
    }
  }

  /** The first bytes of a stream: what comes after them may end in the middle of a character. */
  private static final class Whole extends FilterInputStream {
    private long left;

    Whole(InputStream in, long bytes) {
      super(in);
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      return left-- > 0 ? super.read() : -1;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int read = super.read(into, offset, (int) Math.min(left, most));
      left -= Math.max(read, 0);
      return read;
    }
  }

  private static long endOfLastLine(FileChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (long at = channel.size() - 1; at >= 0; at--) {
      one.clear();
      channel.read(one, at);
      if (one.get(0) == '\n') {
        return at + 1;
      }
    }
    return 0;
  }

  /** Adds a line; it is in the file, or the failure is thrown and nothing of it stays. */
  public synchronized void add(String line) {
    long before = -1;
    try {
      before = channel.position();
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      cutOff(before);
      throw new StoreException(path, e);
    }
  }

  private void cutOff(long end) {
    try {
      channel.truncate(end);
      channel.position(end);
    } catch (IOException | IllegalArgumentException closed) {
      // the line that has no end is cut off when the file is opened again
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException(path, e);
    }
  }
}
