package dev.trial.checkers.jepsen;

import static dev.trial.checkers.jepsen.KafkaHistory.NONE;

import it.unimi.dsi.fastutil.ints.Int2LongOpenHashMap;

/** By process and key: the last operation that read or sent there, and its last value. */
final class LastOfKey {
  private final KafkaHistory history;
  private final Int2LongOpenHashMap[] byProcess;

  LastOfKey(KafkaHistory history) {
    this.history = history;
    this.byProcess = new Int2LongOpenHashMap[history.processes()];
  }

  private Int2LongOpenHashMap of(int operation) {
    int process = history.process(operation);
    if (byProcess[process] == null) {
      byProcess[process] = fresh();
    }
    return byProcess[process];
  }

  private static Int2LongOpenHashMap fresh() {
    Int2LongOpenHashMap map = new Int2LongOpenHashMap();
    map.defaultReturnValue(NONE);
    return map;
  }

  /** The operation before this one that met the key in its process, NONE if there was none. */
  int operation(int operation, int key) {
    return (int) (of(operation).get(key) >> Integer.SIZE);
  }

  int value(int operation, int key) {
    return (int) of(operation).get(key);
  }

  /** Takes the last value of each key among an operation's elements of a kind. */
  void remember(int operation, byte kind) {
    Int2LongOpenHashMap map = of(operation);
    int end = history.end(operation);
    for (int at = history.begin(operation); at < end; at++) {
      boolean last =
          at + 1 == end
              || history.key(at + 1) != history.key(at)
              || history.kind(at + 1) != history.kind(at);
      if (history.kind(at) == kind && last) {
        map.put(history.key(at), (long) operation << Integer.SIZE | history.value(at));
      }
    }
  }

  /**
   * An assign or a subscribe that may have happened leaves the keys it names where they were and
   * drops the others; with a seek it drops all.
   */
  void keepNamed(int operation) {
    boolean maybe = history.ok(operation) || history.type(operation) == KafkaHistory.Type.INFO;
    if (!maybe) {
      return;
    }
    Int2LongOpenHashMap before = of(operation);
    Int2LongOpenHashMap after = fresh();
    for (int at = history.begin(operation); at < history.end(operation); at++) {
      int key = history.key(at);
      if (!history.seeks(operation) && before.containsKey(key)) {
        after.put(key, before.get(key));
      }
    }
    byProcess[history.process(operation)] = after;
  }
}
