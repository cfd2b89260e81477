package dev.trial.checkers.jepsen;

import dev.trial.checkers.jepsen.KafkaHistory.Function;
import dev.trial.checkers.jepsen.KafkaHistory.Type;
import dev.trial.core.history.HistoryFormatException;
import it.unimi.dsi.fastutil.ints.Int2IntLinkedOpenHashMap;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads the EDN that Jepsen's Kafka workload leaves: a map per operation, in any layout, with or
 * without a vector around all of them and a record tag before each. Fields that are not known are
 * passed over. Whatever is not such a history raises {@link HistoryFormatException} with line and
 * column.
 */
public final class KafkaHistoryReader {
  private static final Type[] TYPES = Type.values();
  private static final Function[] FUNCTIONS = Function.values();
  private static final String[] TYPE_NAMES = ednNames(TYPES);
  private static final String[] FUNCTION_NAMES = ednNames(FUNCTIONS);

  private final EdnScanner edn;
  private final KafkaHistory history = new KafkaHistory();
  private final MicroOperations micro;
  private final Names processes = new Names();

  /** By process: its invocation that is not completed. */
  private final Int2IntLinkedOpenHashMap open = new Int2IntLinkedOpenHashMap();

  private long met;
  private long line;
  private int column;

  // The operation being read.
  private long index;
  private int process;
  private Type type;
  private Function function;
  private boolean seek;

  private KafkaHistoryReader(InputStream in) {
    edn = new EdnScanner(in);
    micro = new MicroOperations(edn, history);
    open.defaultReturnValue(KafkaHistory.NONE);
  }

  private static String[] ednNames(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(each -> each.name().toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }

  /** Reads a whole history; does not close the stream. */
  public static KafkaHistory read(InputStream in) throws IOException {
    return new KafkaHistoryReader(in).read();
  }

  private KafkaHistory read() throws IOException {
    char around = edn.openSequence();
    while (around == 0 ? edn.next() != EdnScanner.END : !edn.closes(around)) {
      operation();
    }
    if (edn.next() != EdnScanner.END) {
      throw edn.expected("the end of the history");
    }
    for (int invocation : open.values().toIntArray()) {
      leaveOpen(invocation);
    }
    return history;
  }

  private void operation() throws IOException {
    if (edn.next() == '#') {
      edn.skipTag();
    }
    line = edn.line();
    column = edn.column();
    index = met++;
    process = KafkaHistory.NONE;
    type = null;
    function = null;
    seek = false;
    micro.begin();
    edn.open('{');
    while (!edn.closes('}')) {
      field();
    }
    finish();
  }

  private void field() throws IOException {
    if (!edn.keyword()) {
      throw edn.expected("a keyword such as :type");
    }
    if (edn.is("value")) {
      micro.value();
    } else if (edn.is("type")) {
      type = type();
    } else if (edn.is("f")) {
      function = function();
    } else if (edn.is("process")) {
      process();
    } else if (edn.is("index")) {
      index();
    } else if (edn.is("rebalance-log")) {
      micro.rebalances();
    } else if (edn.is("seek-to-beginning?")) {
      edn.next();
      edn.word();
      seek = edn.is("true");
    } else {
      edn.skip();
    }
  }

  private Type type() throws IOException {
    if (!edn.keyword()) {
      throw edn.expected("a keyword");
    }
    for (int i = 0; i < TYPES.length; i++) {
      if (edn.is(TYPE_NAMES[i])) {
        return TYPES[i];
      }
    }
    throw edn.wrong(
        "unknown :type :" + edn.token() + "; it is one of :invoke, :ok, :fail and :info");
  }

  private Function function() throws IOException {
    if (!edn.keyword()) {
      throw edn.expected("a keyword");
    }
    for (int i = 0; i < FUNCTIONS.length; i++) {
      if (edn.is(FUNCTION_NAMES[i])) {
        return FUNCTIONS[i];
      }
    }
    return Function.OTHER;
  }

  /** Clients have numbers; the nemesis and whoever else takes part have names. */
  private void process() throws IOException {
    int c = edn.next();
    if (c == ':' || c == '"') {
      edn.skip();
      return;
    }
    edn.word();
    if (edn.isWhole()) {
      process = processes.of(edn.whole());
    }
  }

  private void index() throws IOException {
    edn.next();
    edn.word();
    if (!edn.isWhole() || edn.whole() < 0) {
      throw edn.wrong("'" + edn.token() + "' is no index");
    }
    index = edn.whole();
  }

  // ---- what an operation is, once all its fields are known

  private void finish() throws HistoryFormatException {
    if (type == null || function == null) {
      String missing = type == null ? ":type" : ":f";
      throw wrong("this operation has no " + missing);
    }
    if (function == Function.ENDS) {
      process = processes.of("reader");
    }
    if (process == KafkaHistory.NONE || function == Function.OTHER) {
      history.dropElements();
      if (process != KafkaHistory.NONE && type != Type.INVOKE) {
        open.remove(process);
      }
      return;
    }
    micro.verify(function);
    if (type == Type.INVOKE) {
      invoke();
    } else {
      complete();
    }
  }

  private void invoke() throws HistoryFormatException {
    int before = open.get(process);
    if (before != KafkaHistory.NONE) {
      throw wrong(
          "a process invokes this, but its operation "
              + history.index(before)
              + " is not completed");
    }
    int operation = history.addOperation(index, KafkaHistory.NONE, process, type, function, seek);
    open.put(process, operation);
  }

  private void complete() {
    int invocation = open.remove(process);
    if (invocation != KafkaHistory.NONE && !micro.found()) {
      copySends(invocation);
    }
    long invoked = invocation == KafkaHistory.NONE ? KafkaHistory.NONE : history.index(invocation);
    history.addOperation(index, invoked, process, type, function, seek);
  }

  /** What was asked for, where the completion repeats nothing of it. */
  private void copySends(int invocation) {
    for (int at = history.begin(invocation); at < history.end(invocation); at++) {
      history.addElement(history.kind(at), history.key(at), KafkaHistory.NONE, history.value(at));
    }
  }

  /** An invocation that the history does not complete may have taken effect. */
  private void leaveOpen(int invocation) {
    copySends(invocation);
    history.addOperation(
        history.index(invocation),
        KafkaHistory.NONE,
        history.process(invocation),
        Type.INFO,
        history.function(invocation),
        false);
  }

  private HistoryFormatException wrong(String problem) {
    return new HistoryFormatException(line, column, problem, null);
  }
}
