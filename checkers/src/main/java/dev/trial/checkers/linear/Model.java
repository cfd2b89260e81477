package dev.trial.checkers.linear;

/**
 * The sequential specification of an object: what each operation would do and answer if there were
 * only one caller. To judge a history of your own kind of object, write one of these, turn the
 * history into {@link Interval intervals} and call {@link Linearizability#check}:
 *
 * <pre>{@code
 * final class CounterModel implements Model<Long, CounterModel.Operation> {
 *   sealed interface Operation {}
 *   record Add(long by) implements Operation {}
 *   record Get(long seen) implements Operation {}
 *
 *   public Long initial() {
 *     return 0L;
 *   }
 *
 *   public Long step(Long count, Operation operation) {
 *     if (operation instanceof Get get) {
 *       return get.seen() == count ? count : null;
 *     }
 *     return count + ((Add) operation).by();
 *   }
 * }
 * }</pre>
 *
 * <p>States and operations are values: immutable, with equals and hashCode; a step depends on its
 * arguments alone and may be left out where an equal one was taken. An operation whose answer is
 * not known must be one that is possible in every state; leave out those that change nothing. An
 * operation that certainly did not happen is left out of the history.
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
