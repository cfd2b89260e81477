package dev.trial.app.command;

import dev.trial.core.history.HistoryFormatException;
import dev.trial.core.input.UsageException;
import dev.trial.results.store.FileProblem;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A history file on its way in: how much of it was read is known when the rest does not fit. */
final class HistoryFile {
  private final Path path;
  private long bytesRead;

  HistoryFile(Path path) {
    this.path = path;
  }

  /** Its bytes, from the beginning. */
  InputStream bytes() throws IOException {
    return new BufferedInputStream(new Counted(Files.newInputStream(path)));
  }

  /** Its text, from the beginning; bytes that are no UTF-8 fail. */
  BufferedReader text() throws IOException {
    InputStream in = new Counted(Files.newInputStream(path));
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }

  /** What a user is told of a failure to read it. */
  UsageException refused(IOException failure) {
    String reason =
        failure instanceof HistoryFormatException malformed
            ? malformed.getMessage()
            : "cannot be read: " + FileProblem.reason(failure);
    return new UsageException(path + ": " + reason);
  }

  /** What a user is told of a file that a verdict would say nothing about. */
  UsageException empty() {
    return new UsageException(path + ": no operation can be read from it");
  }

  /** How far the reading came, in one sentence. */
  String covered() {
    try {
      long size = Files.size(path);
      return bytesRead < size
          ? Megabytes.of(bytesRead) + " of " + Megabytes.of(size) + " of " + path + " were read"
          : path
              + " ("
              + Megabytes.of(size)
              + ") was read to its end, but what it holds does not fit";
    } catch (IOException e) {
      return Megabytes.of(bytesRead) + " of " + path + " were read";
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
      bytesRead = 0;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      bytesRead += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int read = super.read(buffer, from, length);
      bytesRead += Math.max(0, read);
      return read;
    }
  }
}
