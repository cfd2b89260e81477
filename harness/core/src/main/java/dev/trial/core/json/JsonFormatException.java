package dev.trial.core.json;

/** A file that does not say what it should; the message is one line naming the place. */
public final class JsonFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public JsonFormatException(String place, String problem) {
    super(place + ": " + problem);
  }
}
