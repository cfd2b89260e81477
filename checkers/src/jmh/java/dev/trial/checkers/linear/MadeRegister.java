package dev.trial.checkers.linear;

import dev.trial.checkers.linear.RegisterModel.CompareAndSet;
import dev.trial.checkers.linear.RegisterModel.Operation;
import dev.trial.checkers.linear.RegisterModel.Outcome;
import dev.trial.checkers.linear.RegisterModel.Read;
import dev.trial.checkers.linear.RegisterModel.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * Makes linearizable histories of one register: operations take effect one after the other, each
 * between its call and its answer, and as many overlap as there are processes.
 */
final class MadeRegister {
  private static final long APART = 100;
  private static final long VALUES = 5;

  private final Random random;
  private final int processes;
  private Long value;

  MadeRegister(long seed, int processes) {
    this.random = new Random(seed);
    this.processes = processes;
  }

  /** A history of so many operations. */
  List<Interval<Operation>> history(int operations) {
    List<Interval<Operation>> history = new ArrayList<>();
    for (int i = 0; i < operations; i++) {
      // Half the time that all processes take for one each, so that those of one never overlap.
      int spread = (int) (APART * processes / 2);
      long effect = (i + processes) * APART;
      long call = effect - random.nextInt(spread);
      history.add(
          new Interval<>(i % processes, next(), call, effect + 1 + random.nextInt(spread - 1)));
    }
    return history;
  }

  private Operation next() {
    Long some = (long) random.nextInt((int) VALUES);
    switch (random.nextInt(3)) {
      case 0:
        return new Read(value);
      case 1:
        value = some;
        return new Write(some);
      default:
        Long expected = (long) random.nextInt((int) VALUES);
        boolean changes = Objects.equals(expected, value);
        value = changes ? some : value;
        return new CompareAndSet(expected, some, changes ? Outcome.CHANGED : Outcome.DIFFERED);
    }
  }
}
