package dev.trial.core.history;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trial.core.json.JsonProblem;
import java.io.IOException;

/** Makes an operation of a line. Uses the same memory for every line, so it serves one thread. */
final class LineParser {
  private final Shared shared = new Shared();
  private final PlainTokens plain = new PlainTokens(shared);
  private final OperationFields fields = new OperationFields(shared);

  /** {@code line} is the line's number, for messages. */
  Operation parse(byte[] bytes, int from, int length, long line) throws HistoryFormatException {
    if (!gatherPlain(bytes, from, length)) {
      gather(bytes, from, length, line);
    }
    try {
      Stage stage = Constants.of(Stage.class, ActionFields.present("s", fields.text("s")));
      long asked = invocation();
      Action action = ActionFields.action(fields);
      acknowledged(stage, action);
      return new Operation(fields.index, fields.timeNs, fields.process, stage, asked, action);
    } catch (IllegalArgumentException e) {
      throw new HistoryFormatException(line, length, e.getMessage(), e);
    }
  }

  /**
   * Who answers what was never asked would be named in proofs as an operation that is not there.
   */
  private long invocation() {
    long asked = fields.invocation;
    if (asked != Operation.NO_INVOCATION && (asked < 0 || asked >= fields.index)) {
      throw new IllegalArgumentException(
          "operation " + fields.index + " answers " + asked + ", which does not come before it");
    }
    return asked;
  }

  /** A record that was written is in some partition; until then the partitioner may choose. */
  private static void acknowledged(Stage stage, Action action) {
    if (stage == Stage.OK && action instanceof Action.Send send && send.partition() < 0) {
      throw new IllegalArgumentException("an acknowledged send must name its partition");
    }
  }

  private boolean gatherPlain(byte[] bytes, int from, int length) {
    plain.reset(bytes, from, length);
    fields.clear();
    try {
      fields.gather(plain);
      return true;
    } catch (IOException notPlain) {
      return false;
    }
  }

  private void gather(byte[] bytes, int from, int length, long line) throws HistoryFormatException {
    fields.clear();
    try (JacksonTokens tokens = new JacksonTokens(bytes, from, length, shared)) {
      fields.gather(tokens);
    } catch (JsonProcessingException e) {
      JsonLocation location = e.getLocation();
      int column = location == null ? 1 : Math.max(1, location.getColumnNr());
      throw new HistoryFormatException(line, column, words(e), e);
    } catch (IOException e) {
      // Jackson's decoder of bytes that are no UTF-8
      throw new HistoryFormatException(line, 1, "is not UTF-8 text", e);
    }
  }

  private static String words(JsonProcessingException failure) {
    return failure instanceof JacksonTokens.WrongField ours
        ? ours.getOriginalMessage()
        : JsonProblem.of(failure);
  }
}
