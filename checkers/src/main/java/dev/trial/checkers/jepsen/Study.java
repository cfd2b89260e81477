package dev.trial.checkers.jepsen;

import static dev.trial.checkers.jepsen.KafkaHistory.NONE;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.List;

/**
 * A history with what is known of its values, shared by all checks; and how findings are worded.
 */
record Study(KafkaHistory history, Witnesses witnesses, VersionOrders orders) {

  static Study of(KafkaHistory history) {
    Witnesses witnesses = new Witnesses(history);
    return new Study(history, witnesses, new VersionOrders(history, witnesses));
  }

  // ---- operations of a finding: indexes in the history, invocations before completions

  List<Long> operations(int... operations) {
    LongArrayList indexes = new LongArrayList();
    for (int operation : operations) {
      if (operation != NONE) {
        addOnce(indexes, history.invokedIndex(operation));
        addOnce(indexes, history.index(operation));
      }
    }
    return indexes;
  }

  private static void addOnce(LongArrayList indexes, long index) {
    if (index != NONE && !indexes.contains(index)) {
      indexes.add(index);
    }
  }

  List<Long> numbers(int... values) {
    LongArrayList numbers = new LongArrayList();
    for (int value : values) {
      numbers.add(history.values.number(value));
    }
    return numbers;
  }

  // ---- wording

  String operation(int operation) {
    return "operation " + history.index(operation);
  }

  /** A value, with its place where that is known. */
  String value(int value) {
    long offset = orders.offsetOf(value);
    String at = offset == NONE ? "" : " at offset " + offset;
    return "value " + history.values.text(value) + at;
  }

  String key(int key) {
    return "key " + history.keys.text(key);
  }

  String valueOfKey(int value) {
    return "value " + history.values.text(value) + " of " + key(history.values.key(value));
  }
}
