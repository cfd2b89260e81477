package dev.trial.app.command;

import dev.trial.engine.shrink.Shrinking;
import dev.trial.engine.work.ProcessEnd;
import java.util.concurrent.Semaphore;

/**
 * A budget that is also spent once this process is told to end. The process then lives on until
 * what was found so far is confirmed, stored and printed, which is when this is closed.
 */
final class UntilToldToEnd implements Shrinking.Budget, AutoCloseable {
  private final Shrinking.Budget budget;
  private final Semaphore closed = new Semaphore(0);
  private final ProcessEnd.Registration end = ProcessEnd.then(this::end);
  private volatile boolean told;

  UntilToldToEnd(Shrinking.Budget budget) {
    this.budget = budget;
  }

  @Override
  public boolean spent() {
    return told || budget.spent();
  }

  private void end() {
    told = true;
    closed.acquireUninterruptibly();
  }

  @Override
  public void close() {
    closed.release();
    end.close();
  }
}
