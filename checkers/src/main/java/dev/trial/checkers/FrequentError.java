package dev.trial.checkers;

import dev.trial.core.history.Action.Oracle;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What clients were told most often when they did not get on: of all errors of one class the first,
 * as the rest of a message differs from one to the next.
 *
 * @param text of the first such error, its first line
 */
record FrequentError(String text, int times) {
  private static final String UNCAUGHT = "uncaught-";
  private static final int CHARACTERS_MAX = 240;

  /** Of a history without errors there is none. */
  static Optional<FrequentError> of(History history) {
    Map<String, FrequentError> byClass = new TreeMap<>();
    for (Operation operation : history.operations()) {
      String error = error(operation);
      if (error != null) {
        byClass.merge(
            error.split(":", 2)[0], new FrequentError(brief(error), 1), FrequentError::and);
      }
    }
    FrequentError most = null;
    for (FrequentError each : byClass.values()) {
      most = most == null || each.times > most.times ? each : most;
    }
    return Optional.ofNullable(most);
  }

  private FrequentError and(FrequentError more) {
    return new FrequentError(text, times + more.times);
  }

  /** What a client was told, or what its log says where no call of its application tells. */
  private static String error(Operation operation) {
    if (operation.action() instanceof Oracle oracle) {
      return oracle.oracle().startsWith(UNCAUGHT) ? oracle.detail() : null;
    }
    return operation.process() == Operation.HARNESS ? null : operation.action().error();
  }

  private static String brief(String error) {
    String line = error.lines().findFirst().orElse("");
    return line.length() <= CHARACTERS_MAX ? line : line.substring(0, CHARACTERS_MAX) + "...";
  }
}
