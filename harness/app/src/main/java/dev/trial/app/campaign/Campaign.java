package dev.trial.app.campaign;

import dev.trial.app.input.UsageException;
import dev.trial.app.targets.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Holds many runs: side by side in simulation, one after the other on real time. Results come in
 * the order of the requests, whatever finished first.
 */
public final class Campaign {
  /** Of so many simulated runs one is held twice, to prove that it is deterministic. */
  private static final int REPEAT_ONE_OF = 25;

  private final Target target;
  private final RunHouse house;
  private final RunHouse repeatHouse;
  private final int workers;
  private final boolean progress;

  /**
   * A campaign in one target.
   *
   * @param out where run directories go
   * @param workers runs at the same time; one where time is real
   * @param progress whether to show progress on standard error
   */
  public Campaign(Target target, Path out, int workers, boolean progress) {
    this.target = target;
    this.house = new RunHouse(target, out);
    this.repeatHouse = new RunHouse(target, null);
    this.workers = target.simulated() ? workers : 1;
    this.progress = progress;
  }

  /** Runs all; {@code each} sees every result in order, and its history only then. */
  public List<RunResult> run(List<RunRequest> requests, Consumer<RunResult> each) {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    List<RunResult> results = new ArrayList<>();
    try (Progress bar = new Progress(requests.size(), progress)) {
      List<Future<RunResult>> pending = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++) {
        int run = i;
        boolean twice = twice(i, requests.size());
        pending.add(pool.submit(() -> hold(requests.get(run), twice, bar)));
      }
      for (Future<RunResult> future : pending) {
        RunResult result = get(future);
        each.accept(result);
        results.add(result);
      }
    } finally {
      pool.shutdownNow();
    }
    return results;
  }

  /** Not the first ones, which take several times as long as any that follows. */
  private boolean twice(int run, int runs) {
    int last = Math.min(REPEAT_ONE_OF, runs) - 1;
    return target.simulated() && runs > 1 && run % REPEAT_ONE_OF == last;
  }

  private RunResult hold(RunRequest request, boolean twice, Progress bar) {
    RunResult result = house.run(request).slim();
    if (twice && result.summary().traceHash() != null) {
      result = compared(request, result);
    }
    bar.done(result.summary().simulatedMs(), result.summary().outcome().equals("finding"));
    return result;
  }

  private RunResult compared(RunRequest request, RunResult first) {
    String again = repeatHouse.run(request).summary().traceHash();
    return first.summary().traceHash().equals(again)
        ? first
        : RunHouse.notDeterministic(first, again);
  }

  private static RunResult get(Future<RunResult> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UsageException badInput) {
        throw badInput;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
