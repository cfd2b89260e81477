package dev.trial.core.work;

import java.util.function.Supplier;

/**
 * Does independent pieces of work, at once where the machine has the cores for it. Whoever hands
 * them out takes the answers in an order of its own, so that what comes out is the same with any
 * number of workers. A piece of work must not begin others.
 */
public interface Workers {

  /** Nobody to help: each piece is done where it is begun. */
  Workers NONE =
      new Workers() {
        @Override
        public int count() {
          return 0;
        }

        @Override
        public <T> Supplier<T> begin(Supplier<T> work) {
          T done = work.get();
          return () -> done;
        }
      };

  /** How many pieces are done at once beside the work of the caller. */
  int count();

  /** Begins a piece of work. What is returned waits for its end, and throws what it threw. */
  <T> Supplier<T> begin(Supplier<T> work);
}
