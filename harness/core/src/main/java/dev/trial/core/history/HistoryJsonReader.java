package dev.trial.core.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
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
  private final JsonFactory factory = new JsonFactory();
  private final Shared shared = new Shared();
  private byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;
  private boolean ended;
  private long line;
  private String warning;

  /** Reads from {@code in}; closing this closes it. */
  public HistoryJsonReader(InputStream in) throws IOException {
    byte[] head = in.readNBytes(ZSTD_MAGIC.length);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), in);
    this.in = Arrays.equals(head, ZSTD_MAGIC) ? new ZstdInputStreamNoFinalizer(whole) : whole;
  }

  /** Reads a whole history and closes the stream. */
  public static ReadResult read(InputStream in) throws IOException {
    try (HistoryJsonReader reader = new HistoryJsonReader(in)) {
      List<Operation> operations = new ArrayList<>();
      for (Operation each = reader.next(); each != null; each = reader.next()) {
        if (each.index() != operations.size()) {
          throw new HistoryFormatException(
              reader.line,
              1,
              "operation " + each.index() + " where " + operations.size() + " should follow",
              null);
        }
        operations.add(each);
      }
      return new ReadResult(new History(operations), reader.warning());
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
    try (JsonParser parser = factory.createParser(buffer, from, length)) {
      OperationFields fields = new OperationFields(shared);
      fields.gather(parser);
      return operation(fields, length);
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      int column = location == null ? 1 : Math.max(1, location.getColumnNr());
      throw new HistoryFormatException(line, column, e.getOriginalMessage(), e);
    } catch (IOException e) {
      // Jackson's decoder of bytes that are no UTF-8
      throw new HistoryFormatException(line, 1, String.valueOf(e.getMessage()), e);
    }
  }

  private Operation operation(OperationFields fields, int length) throws HistoryFormatException {
    try {
      Stage stage = Constants.of(Stage.class, ActionFields.present("s", fields.text("s")));
      return new Operation(
          fields.index,
          fields.timeNs,
          fields.process,
          stage,
          fields.invocation,
          ActionFields.action(fields));
    } catch (IllegalArgumentException e) {
      throw new HistoryFormatException(line, length, e.getMessage(), e);
    }
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
      fill();
      at += start;
    }
  }

  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = readSome();
    if (read < 0) {
      ended = true;
    } else {
      end += read;
    }
  }

  private int readSome() throws IOException {
    try {
      return in.read(buffer, end, buffer.length - end);
    } catch (ZstdIOException e) {
      if (e.getMessage() != null && e.getMessage().startsWith("Truncated")) {
        warning = "the compressed history ends early, after line " + line;
        return -1;
      }
      throw new HistoryFormatException(
          line + 1, 1, "the compressed data are damaged: " + e.getMessage(), e);
    }
  }
}
