package dev.trial.engine.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What must be closed: last made first, each whatever happens to the others. */
final class Closings {
  private final List<Runnable> closings = new ArrayList<>();

  private boolean closed;

  /** Takes a part; what comes when all is closed already is closed at once. */
  synchronized <T> T add(T part, Consumer<T> closing) {
    if (closed) {
      closing.accept(part);
      return part;
    }
    closings.add(0, () -> closing.accept(part));
    return part;
  }

  /** Closes all; the first failure is thrown when all have been tried. */
  synchronized void close() {
    closed = true;
    RuntimeException first = null;
    for (Runnable closing : closings) {
      try {
        closing.run();
      } catch (RuntimeException failure) {
        first = first == null ? failure : first;
      }
    }
    closings.clear();
    if (first != null) {
      throw first;
    }
  }
}
