package dev.trial.core.history;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.trial.core.work.Workers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link HistoryJsonWriter} wrote, one operation after the other, plain or compressed
 * (told by its first bytes). Fields that are not known are skipped. A writer that died leaves a
 * last line without its end: that line is left out and {@link #warning()} says so. Anything else
 * that is not a history raises {@link HistoryFormatException} with line and column; a failing
 * stream raises its own {@link IOException}.
 */
public final class HistoryJsonReader implements AutoCloseable {

  private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  private final InputStream in;
  private final LineParser parser = new LineParser();
  private byte[] buffer;
  private int start;
  private int end;
  private boolean ended;
  private IOException failure;
  private long line;
  private String warning;

  /** Reads from {@code in}; closing this closes it. */
  public HistoryJsonReader(InputStream in) throws IOException {
    this.in = lines(in);
    this.buffer = new byte[1 << 16];
  }

  /** The lines of a history as they were before they were compressed, if they were. */
  public static InputStream lines(InputStream in) throws IOException {
    byte[] head = in.readNBytes(ZSTD_MAGIC.length);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), in);
    return Arrays.equals(head, ZSTD_MAGIC) ? new ZstdInputStreamNoFinalizer(whole) : whole;
  }

  /** Reads lines that are there already; {@code before} lines came before them. */
  HistoryJsonReader(byte[] lines, long before) {
    this.in = InputStream.nullInputStream();
    this.buffer = lines;
    this.end = lines.length;
    this.ended = true;
    this.line = before;
  }

  /** Reads a whole history and closes the stream. */
  public static ReadResult read(InputStream in) throws IOException {
    return read(in, Workers.NONE);
  }

  /** The same; the lines are parsed by workers. */
  public static ReadResult read(InputStream in, Workers workers) throws IOException {
    try (HistoryJsonReader reader = new HistoryJsonReader(in)) {
      List<Operation> operations = new ArrayList<>();
      if (workers.count() > 0) {
        operations = new ParallelReading(reader, workers).operations();
      } else {
        reader.drainInto(operations);
      }
      return new ReadResult(new History(operations), reader.warning());
    }
  }

  /**
   * Reads to the end; each operation must have the index that is its place in the list, and each
   * completion an invocation.
   */
  void drainInto(List<Operation> operations) throws IOException {
    for (Operation each = next(); each != null; each = next()) {
      if (each.index() != operations.size()) {
        throw new HistoryFormatException(
            line,
            1,
            "operation " + each.index() + " where " + operations.size() + " should follow",
            null);
      }
      String refusal = Answers.refusal(each, operations);
      if (refusal != null) {
        throw new HistoryFormatException(line, 1, refusal, null);
      }
      operations.add(each);
    }
  }

  /** The next operation, null after the last. */
  public Operation next() throws IOException {
    while (true) {
      int length = lineLength();
      boolean whole = start + length < end;
      if (!whole && length == 0) {
        return null;
      }
      int from = start;
      start = Math.min(end, start + length + 1);
      line++;
      if (!blank(from, length)) {
        return whole ? parse(from, length) : parseLast(from, length);
      }
    }
  }

  /** What was left out because the writer was interrupted, null if nothing was (so far). */
  public String warning() {
    return warning;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private Operation parseLast(int from, int length) {
    try {
      return parse(from, length);
    } catch (HistoryFormatException e) {
      warning = "the history ends inside line " + line + ", which was left out";
      return null;
    }
  }

  private Operation parse(int from, int length) throws HistoryFormatException {
    return parser.parse(buffer, from, length, line);
  }

  private boolean blank(int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\r' && buffer[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** Bytes up to the next line feed or the end of the stream, all of them in the buffer. */
  private int lineLength() throws IOException {
    int at = start;
    while (true) {
      for (; at < end; at++) {
        if (buffer[at] == '\n') {
          return at - start;
        }
      }
      if (ended) {
        return end - start;
      }
      at -= start;
      try {
        fill();
      } catch (ZstdIOException e) {
        damaged(e);
      }
      at += start;
    }
  }

  // ---- many lines at once

  /** How many lines were read so far. */
  long line() {
    return line;
  }

  /**
   * About that many bytes, up to the end of a line; null when no whole line is left. Where the
   * stream fails is told once all lines before that are read.
   */
  byte[] wholeLines(int bytes) {
    int to = -1;
    try {
      while (!ended && (end - start < bytes || to < 0)) {
        fill();
        to = end - start < bytes ? -1 : lastLineEnd();
      }
    } catch (IOException e) {
      failure = e;
    }
    to = lastLineEnd();
    if (to < 0) {
      return null;
    }
    byte[] lines = Arrays.copyOfRange(buffer, start, to);
    start = to;
    return lines;
  }

  private int lastLineEnd() {
    for (int at = end; at > start; at--) {
      if (buffer[at - 1] == '\n') {
        return at;
      }
    }
    return -1;
  }

  /** Counts lines that somebody else has read. */
  void skipLines(byte[] lines) {
    for (byte each : lines) {
      line += each == '\n' ? 1 : 0;
    }
  }

  // ---- bytes

  private void fill() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, end, buffer.length - end);
    if (read < 0) {
      ended = true;
    } else {
      end += read;
    }
  }

  /** Compressed data that end early are read as far as they go. */
  private void damaged(ZstdIOException e) throws HistoryFormatException {
    if (e.getMessage() == null || !e.getMessage().startsWith("Truncated")) {
      throw new HistoryFormatException(
          line + 1, 1, "the compressed data are damaged: " + e.getMessage(), e);
    }
    warning = "the compressed history ends early, after line " + line;
    ended = true;
  }
}
