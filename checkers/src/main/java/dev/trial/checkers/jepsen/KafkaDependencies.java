package dev.trial.checkers.jepsen;

import static dev.trial.checkers.jepsen.KafkaHistory.NONE;

/**
 * Which operations of a history come before which, for a {@link CycleSearch}. Operations have the
 * numbers they have in the {@link KafkaHistory}; only completions take part.
 */
public final class KafkaDependencies {

  /** Why one operation comes before another (Adya). */
  public enum Kind {
    /** It sent the value before the one that the other sent, in the version order of a key. */
    WRITE_WRITE,
    /** The other read a value that it sent. */
    WRITE_READ
  }

  /** Takes dependencies one by one; one between the same two may come more than once. */
  public interface Sink {
    /** {@code before} comes first; {@code value} is that which the later one sent or read. */
    void add(int before, int after, Kind kind, int value);
  }

  private final Study study;

  KafkaDependencies(Study study) {
    this.study = study;
  }

  public KafkaHistory history() {
    return study.history();
  }

  /** Tells all dependencies. */
  public void tell(Sink sink) {
    for (int key = 0; key < history().keys.size(); key++) {
      writes(key, sink);
    }
    for (int operation = 0; operation < history().size(); operation++) {
      if (history().completes(operation)) {
        reads(operation, sink);
      }
    }
  }

  private void writes(int key, Sink sink) {
    VersionOrders orders = study.orders();
    int before = NONE;
    for (int row = orders.start(key); row < orders.end(key); row++) {
      boolean first = row == orders.start(key) || orders.index(row) != orders.index(row - 1);
      if (!first) {
        continue;
      }
      int after = study.witnesses().writer(orders.value(row));
      if (before != NONE && after != NONE && before != after) {
        sink.add(before, after, Kind.WRITE_WRITE, orders.value(row));
      }
      before = after;
    }
  }

  private void reads(int operation, Sink sink) {
    for (int at = history().begin(operation); at < history().end(operation); at++) {
      if (history().kind(at) == KafkaHistory.READ) {
        int writer = study.witnesses().writer(history().value(at));
        if (writer != NONE && writer != operation) {
          sink.add(writer, operation, Kind.WRITE_READ, history().value(at));
        }
      }
    }
  }
}
