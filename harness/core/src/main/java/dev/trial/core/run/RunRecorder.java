package dev.trial.core.run;

import dev.trial.core.history.Action;
import dev.trial.core.history.History;
import dev.trial.core.history.Operation;
import dev.trial.core.history.Stage;
import dev.trial.core.history.TimedRecorder;
import dev.trial.core.world.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Numbers and times operations as they come, keeps them, and hands each on at once (to the history
 * file, to the rolling hash). Safe for the many threads of a live run.
 */
public final class RunRecorder implements TimedRecorder {
  private final Clock clock;
  private final Consumer<Operation> sink;
  private final List<Operation> operations = new ArrayList<>(4096);
  private final Settling settling = new Settling();
  private long movedMs;
  private long lostMs = Long.MIN_VALUE / 2;

  public RunRecorder(Clock clock, Consumer<Operation> sink) {
    this.clock = clock;
    this.sink = sink;
  }

  @Override
  public long invoke(int process, Action action) {
    return add(process, Stage.INVOKE, Operation.NO_INVOCATION, action);
  }

  @Override
  public void complete(int process, long invocation, Stage stage, Action action) {
    add(process, stage, invocation, action);
  }

  @Override
  public void fact(int process, Action action) {
    add(process, Stage.INFO, Operation.NO_INVOCATION, action);
  }

  @Override
  public synchronized long record(
      long timeNs, int process, Stage stage, long invocation, Action action) {
    long index = operations.size();
    Operation operation = new Operation(index, timeNs, process, stage, invocation, action);
    operations.add(operation);
    switch (settling.heard(operation)) {
      case NOTHING -> {}
      case MOVED -> movedMs = clock.millis();
      case MEMBER_LOST -> lostMs = clock.millis();
    }
    sink.accept(operation);
    return index;
  }

  /** Everything recorded so far, in the order in which it came. */
  public synchronized History history() {
    return new History(operations);
  }

  /** How many processes have been at work: a consumer once it has its first assignment. */
  public synchronized int atWork() {
    return settling.atWork();
  }

  /**
   * True if every consumer has its partitions, and the last member that died has been dead for
   * {@code evictMs}.
   */
  public synchronized boolean assigned(long evictMs) {
    return !settling.joining() && clock.millis() - lostMs >= evictMs;
  }

  /**
   * True if no consumer is at work on records, and for {@code quietMs} none were delivered and no
   * partition changed hands.
   */
  public synchronized boolean idle(long quietMs) {
    return !settling.busy() && clock.millis() - movedMs >= quietMs;
  }

  /** The time is taken under the lock, so that it never goes back from one index to the next. */
  private synchronized long add(int process, Stage stage, long invocation, Action action) {
    return record(clock.nanos(), process, stage, invocation, action);
  }
}
