package dev.trial.checkers.linear;

import java.util.Locale;

/** Strings by key that can be read, replaced and appended to; empty at first. */
public final class AppendModel implements Model<String, AppendModel.Operation> {

  @Override
  public String initial() {
    return "";
  }

  @Override
  public String step(String state, Operation operation) {
    return switch (operation.what()) {
      case GET -> state.equals(operation.value()) ? state : null;
      case PUT -> operation.value();
      case APPEND -> state.concat(operation.value());
    };
  }

  @Override
  public String partition(Operation operation) {
    return operation.key();
  }

  /**
   * What was done.
   *
   * @param value what was read, put or appended
   */
  public record Operation(What what, String key, String value) {
    @Override
    public String toString() {
      return what.name().toLowerCase(Locale.ROOT) + " " + key + ": \"" + value + "\"";
    }
  }

  /** The kinds of operations. */
  public enum What {
    GET,
    PUT,
    APPEND
  }
}
