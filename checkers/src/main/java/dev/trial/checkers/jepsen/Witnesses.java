package dev.trial.checkers.jepsen;

import static dev.trial.checkers.jepsen.KafkaHistory.NONE;

import dev.trial.checkers.jepsen.KafkaHistory.Type;
import java.util.Arrays;

/** For each value: which completed operations sent and read it. */
final class Witnesses {
  private final KafkaHistory history;
  private final int[] writer;
  private final int[] failedWriter;
  private final int[] okWriter;
  private final int[] reader;
  private final int[] okReader;

  Witnesses(KafkaHistory history) {
    this.history = history;
    int values = history.values.size();
    writer = none(values);
    failedWriter = none(values);
    okWriter = none(values);
    reader = none(values);
    okReader = none(values);
    for (int operation = 0; operation < history.size(); operation++) {
      if (history.completes(operation)) {
        add(operation);
      }
    }
  }

  private static int[] none(int size) {
    int[] all = new int[size];
    Arrays.fill(all, NONE);
    return all;
  }

  private void add(int operation) {
    Type type = history.type(operation);
    for (int at = history.begin(operation); at < history.end(operation); at++) {
      if (history.kind(at) == KafkaHistory.SENT) {
        sent(history.value(at), operation, type);
      } else if (history.kind(at) == KafkaHistory.READ) {
        read(history.value(at), operation, type);
      }
    }
  }

  private void sent(int value, int operation, Type type) {
    writer[value] = operation;
    if (type == Type.FAIL) {
      failedWriter[value] = operation;
    } else if (type == Type.OK) {
      okWriter[value] = operation;
    }
  }

  private void read(int value, int operation, Type type) {
    reader[value] = reader[value] == NONE ? operation : reader[value];
    if (type == Type.OK && okReader[value] == NONE) {
      okReader[value] = operation;
    }
  }

  /** The last operation that sent it, however that ended. */
  int writer(int value) {
    return writer[value];
  }

  int failedWriter(int value) {
    return failedWriter[value];
  }

  int okWriter(int value) {
    return okWriter[value];
  }

  /** The first operation that was handed it, however that ended. */
  int reader(int value) {
    return reader[value];
  }

  /** The first operation that was handed it and succeeded. */
  int okReader(int value) {
    return okReader[value];
  }

  /**
   * True if an operation certainly took effect: it succeeded, or its outcome is unknown and
   * somebody read one of the values it sent, as transactions are atomic.
   */
  boolean mustHaveCommitted(int operation) {
    if (history.type(operation) != Type.INFO) {
      return history.ok(operation);
    }
    for (int at = history.begin(operation); at < history.end(operation); at++) {
      if (history.kind(at) == KafkaHistory.SENT && okReader[history.value(at)] != NONE) {
        return true;
      }
    }
    return false;
  }
}
