package dev.trial.checkers.linear;

/**
 * The sequential specification of an object. States and operations are values: immutable, with
 * equals and hashCode.
 *
 * @param <S> a state of the object
 * @param <O> an operation with its arguments and what it answered, as far as that is known
 */
public interface Model<S, O> {

  /** The state before the first operation. */
  S initial();

  /**
   * The state after {@code operation} took effect in {@code state}; null if it cannot have answered
   * what it did there.
   */
  S step(S state, O operation);

  /**
   * The independent object that the operation is about, by any value with equals and a natural
   * order; objects are judged one by one. One object unless overridden.
   */
  default String partition(O operation) {
    return "";
  }
}
