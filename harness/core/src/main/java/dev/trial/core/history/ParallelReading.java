package dev.trial.core.history;

import dev.trial.core.work.Workers;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads a history in chunks of whole lines that workers parse, and puts them together in order. A
 * chunk with anything wrong in it is read again line by line, which knows the place to name.
 */
final class ParallelReading {
  private static final int CHUNK_BYTES = 1 << 20;

  private final HistoryJsonReader reader;
  private final Workers workers;
  private final List<Operation> operations = new ArrayList<>();
  private final Deque<Chunk> pending = new ArrayDeque<>();

  /** Lines, and what a worker makes of them: null if something is wrong. */
  private record Chunk(byte[] lines, Supplier<List<Operation>> parsed) {}

  ParallelReading(HistoryJsonReader reader, Workers workers) {
    this.reader = reader;
    this.workers = workers;
  }

  List<Operation> operations() throws IOException {
    byte[] lines = reader.wholeLines(CHUNK_BYTES);
    while (lines != null) {
      begin(lines);
      lines = reader.wholeLines(CHUNK_BYTES);
    }
    while (!pending.isEmpty()) {
      take();
    }
    reader.drainInto(operations);
    return operations;
  }

  private void begin(byte[] lines) throws IOException {
    pending.add(new Chunk(lines, workers.begin(() -> parse(lines))));
    if (pending.size() > 2 * workers.count()) {
      take();
    }
  }

  private static List<Operation> parse(byte[] lines) {
    List<Operation> parsed = new ArrayList<>();
    try {
      HistoryJsonReader chunk = new HistoryJsonReader(lines, 0);
      for (Operation each = chunk.next(); each != null; each = chunk.next()) {
        parsed.add(each);
      }
      return parsed;
    } catch (IOException wrong) {
      return null;
    }
  }

  private void take() throws IOException {
    Chunk chunk = pending.remove();
    List<Operation> parsed = chunk.parsed().get();
    if (parsed != null && follow(parsed)) {
      reader.skipLines(chunk.lines());
    } else {
      new HistoryJsonReader(chunk.lines(), reader.line()).drainInto(operations);
      throw new IllegalStateException("lines that one reading refused are right in another");
    }
  }

  /** Adds operations that follow those before them and answer what was asked; none otherwise. */
  private boolean follow(List<Operation> parsed) {
    int before = operations.size();
    for (Operation each : parsed) {
      if (each.index() != operations.size() || Answers.refusal(each, operations) != null) {
        operations.subList(before, operations.size()).clear();
        return false;
      }
      operations.add(each);
    }
    return true;
  }
}
