package dev.trial.checkers.jepsen;

import dev.trial.checkers.jepsen.KafkaHistory.Function;
import dev.trial.core.history.HistoryFormatException;
import java.io.IOException;

/**
 * Reads what an operation carries into elements of the history: {@code [:send k v]}, {@code [:send
 * k [offset v]]}, {@code [:poll {k [[offset v] …]}]}, the keys of an assign, the ends of logs. What
 * the value is shows in its form, as {@code :f} may come after it.
 */
final class MicroOperations {
  private final EdnScanner edn;
  private final KafkaHistory history;

  /** What is wrong with the value if the operation turns out to send or poll. */
  private HistoryFormatException notMicro;

  /** What is wrong with the value if the operation turns out to name keys. */
  private HistoryFormatException notKey;

  private boolean found;

  MicroOperations(EdnScanner edn, KafkaHistory history) {
    this.edn = edn;
    this.history = history;
  }

  void begin() {
    notMicro = null;
    notKey = null;
    found = false;
  }

  /** True if the operation had a value. */
  boolean found() {
    return found;
  }

  /** Raises what was wrong, as the operation is one whose value matters. */
  void verify(Function function) throws HistoryFormatException {
    HistoryFormatException problem =
        switch (function) {
          case SEND, POLL, TXN -> notMicro;
          case ASSIGN, SUBSCRIBE -> notKey;
          case ENDS, OTHER -> null;
        };
    if (problem != null) {
      throw problem;
    }
  }

  // ---- :value

  void value() throws IOException {
    if (edn.next() == '{') {
      ends();
      return;
    }
    char end = edn.openSequence();
    if (end == 0) {
      edn.skip();
      return;
    }
    found = true;
    while (!edn.closes(end)) {
      int c = edn.next();
      if (c == '[' || c == '(') {
        notKey = notKey == null ? edn.wrong("a key should stand here, not a vector") : notKey;
        micro();
      } else {
        notAMicroOperation("a micro-operation should stand here: [:send …] or [:poll …]");
        history.addElement(KafkaHistory.NAMED, key(), KafkaHistory.NONE, KafkaHistory.NONE);
      }
    }
  }

  private void micro() throws IOException {
    char end = edn.openSequence();
    if (edn.keyword()) {
      if (edn.is("send")) {
        send(end);
        return;
      }
      if (edn.is("poll")) {
        poll(end);
        return;
      }
      notAMicroOperation("unknown micro-operation :" + edn.token() + "; it is :send or :poll");
    } else {
      notAMicroOperation("a micro-operation begins with :send or :poll");
    }
    while (!edn.closes(end)) {
      edn.skip();
    }
  }

  private void notAMicroOperation(String text) {
    notMicro = notMicro == null ? edn.wrong(text) : notMicro;
  }

  private void send(char end) throws IOException {
    if (edn.closes(end)) {
      throw edn.wrong("a send has a key and a value: [:send k v] or [:send k [offset v]]");
    }
    int key = key();
    if (edn.closes(end)) {
      throw edn.wrong("a send has a value: [:send k v] or [:send k [offset v]]");
    }
    int c = edn.next();
    if (c == '[' || c == '(') {
      offsetAndValue(KafkaHistory.SENT, key);
    } else {
      history.addElement(KafkaHistory.SENT, key, KafkaHistory.NONE, value(key));
    }
    if (!edn.closes(end)) {
      throw edn.expected("'" + end + "' after a send's value");
    }
  }

  private void poll(char end) throws IOException {
    if (edn.closes(end)) {
      return;
    }
    if (edn.next() == '{') {
      edn.open('{');
      while (!edn.closes('}')) {
        polled(key());
      }
    } else {
      edn.skip();
    }
    if (!edn.closes(end)) {
      throw edn.expected("'" + end + "' after a poll's records");
    }
  }

  private void polled(int key) throws IOException {
    char end = edn.openSequence();
    if (end == 0) {
      throw edn.expected("the records of a key, [[offset value] …]");
    }
    while (!edn.closes(end)) {
      offsetAndValue(KafkaHistory.READ, key);
    }
  }

  private void offsetAndValue(byte kind, int key) throws IOException {
    char end = edn.openSequence();
    if (end == 0 || edn.closes(end)) {
      throw edn.expected("[offset value]");
    }
    long offset = offset();
    if (edn.closes(end)) {
      throw edn.wrong("a record has an offset and a value: [offset value]");
    }
    history.addElement(kind, key, offset, value(key));
    if (!edn.closes(end)) {
      throw edn.expected("'" + end + "' after [offset value");
    }
  }

  /** With acks=0 a client is told −1, which says as little as nil. */
  private long offset() throws IOException {
    edn.next();
    edn.word();
    if (edn.is("nil")) {
      return KafkaHistory.NONE;
    }
    if (!edn.isWhole()) {
      throw edn.wrong("'" + edn.token() + "' is no offset");
    }
    return Math.max(edn.whole(), KafkaHistory.NONE);
  }

  private int key() throws IOException {
    return numeric() ? history.keys.of(edn.whole()) : history.keys.of(text());
  }

  private int value(int key) throws IOException {
    return numeric() ? history.values.of(key, edn.whole()) : history.values.of(key, text());
  }

  private boolean tokenRead;

  /** True if a whole number follows; whatever word follows is the token then. */
  private boolean numeric() throws IOException {
    int c = edn.next();
    tokenRead = c == '-' || c == '+' || (c >= '0' && c <= '9');
    if (tokenRead) {
      edn.word();
    }
    return tokenRead && edn.isWhole();
  }

  private String text() throws IOException {
    return tokenRead ? edn.token() : edn.text();
  }

  // ---- others

  /** {@code {k end-offset …}}; any other map says nothing here. */
  private void ends() throws IOException {
    edn.open('{');
    while (!edn.closes('}')) {
      int key = key();
      if (edn.next() == '}') {
        throw edn.wrong("a map needs a value after each key");
      }
      if (numeric()) {
        history.addElement(KafkaHistory.ENDED, key, edn.whole(), KafkaHistory.NONE);
      } else {
        text();
      }
    }
  }

  /** {@code [{:keys [k …]} …]}: partitions that came or went while the operation ran. */
  void rebalances() throws IOException {
    char end = edn.openSequence();
    if (end == 0) {
      edn.skip();
      return;
    }
    while (!edn.closes(end)) {
      if (edn.next() == '{') {
        rebalance();
      } else {
        edn.skip();
      }
    }
  }

  private void rebalance() throws IOException {
    edn.open('{');
    while (!edn.closes('}')) {
      char keys = edn.keyword() && edn.is("keys") ? edn.openSequence() : 0;
      if (keys == 0) {
        edn.skip();
        continue;
      }
      while (!edn.closes(keys)) {
        history.addElement(KafkaHistory.REBALANCED, key(), KafkaHistory.NONE, KafkaHistory.NONE);
      }
    }
  }
}
