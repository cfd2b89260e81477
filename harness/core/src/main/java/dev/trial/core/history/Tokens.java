package dev.trial.core.history;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** The tokens of one line of a history, one after the other. */
interface Tokens {

  /** Moves on; null after the last. */
  JsonToken next() throws IOException;

  /** Where it stands. */
  JsonToken current();

  /** The last field name. */
  String name() throws IOException;

  /** The text, or whatever else stands there, as text. */
  String text() throws IOException;

  /** The whole number that stands there. */
  long number() throws IOException;

  /** The same, where it must fit an {@code int}. */
  int whole() throws IOException;

  /** From an opening bracket to the closing one; stays where it is otherwise. */
  void skip() throws IOException;

  /** Everything from an opening bracket to the closing one. */
  JsonNode tree() throws IOException;

  /** What to raise at this place. */
  IOException error(String message, Exception cause);
}
