package dev.trial.core.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;

/** Any line of JSON; whatever is wrong with it is told with its column. */
final class JacksonTokens implements Tokens, AutoCloseable {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectReader TREES = new ObjectMapper().reader();

  private final JsonParser parser;
  private final Shared shared;

  JacksonTokens(byte[] bytes, int from, int length, Shared shared) throws IOException {
    this.parser = FACTORY.createParser(bytes, from, length);
    this.shared = shared;
  }

  @Override
  public JsonToken next() throws IOException {
    return parser.nextToken();
  }

  @Override
  public JsonToken current() {
    return parser.currentToken();
  }

  @Override
  public String name() throws IOException {
    return parser.currentName();
  }

  @Override
  public String text() throws IOException {
    return shared.text(parser.getText());
  }

  @Override
  public long number() throws IOException {
    return parser.getLongValue();
  }

  @Override
  public int whole() throws IOException {
    return parser.getIntValue();
  }

  @Override
  public void skip() throws IOException {
    parser.skipChildren();
  }

  @Override
  public JsonNode tree() throws IOException {
    return TREES.readTree(parser);
  }

  @Override
  public IOException error(String message, Exception cause) {
    return new WrongField(parser, message, cause);
  }

  /** What is wrong is the history's, not the JSON's: the message is ours. */
  static final class WrongField extends JsonParseException {
    private static final long serialVersionUID = 1L;

    WrongField(JsonParser parser, String message, Exception cause) {
      super(parser, message, cause);
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
