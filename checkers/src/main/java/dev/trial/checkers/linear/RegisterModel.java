package dev.trial.checkers.linear;

import java.util.Objects;

/** A register that can be read, written, and compared and set; null at first. */
public final class RegisterModel implements Model<RegisterModel.Value, RegisterModel.Operation> {

  @Override
  public Value initial() {
    return new Value(null);
  }

  @Override
  public Value step(Value state, Operation operation) {
    if (operation instanceof Read read) {
      return Objects.equals(state.number(), read.seen()) ? state : null;
    }
    if (operation instanceof Write write) {
      return new Value(write.number());
    }
    CompareAndSet change = (CompareAndSet) operation;
    boolean equal = Objects.equals(state.number(), change.expected());
    return switch (change.outcome()) {
      case CHANGED -> equal ? new Value(change.wanted()) : null;
      case DIFFERED -> equal ? null : state;
      case UNKNOWN -> equal ? new Value(change.wanted()) : state;
    };
  }

  /** What the register holds; null is nothing. */
  public record Value(Long number) {
    @Override
    public String toString() {
      return number == null ? "nothing" : number.toString();
    }
  }

  /** What can be done to it. */
  public sealed interface Operation {}

  /** Saw that value. */
  public record Read(Long seen) implements Operation {
    @Override
    public String toString() {
      return "read " + seen;
    }
  }

  /** Wrote that value. */
  public record Write(Long number) implements Operation {
    @Override
    public String toString() {
      return "write " + number;
    }
  }

  /** Was to write {@code wanted} if the register held {@code expected}. */
  public record CompareAndSet(Long expected, Long wanted, Outcome outcome) implements Operation {
    @Override
    public String toString() {
      String end =
          switch (outcome) {
            case CHANGED -> "";
            case DIFFERED -> ": it differed";
            case UNKNOWN -> ": outcome unknown";
          };
      return "compare " + expected + " and set " + wanted + end;
    }
  }

  /** How a comparison ended. */
  public enum Outcome {
    CHANGED,
    DIFFERED,
    UNKNOWN
  }
}
