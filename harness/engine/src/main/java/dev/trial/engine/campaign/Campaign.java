package dev.trial.engine.campaign;

import dev.trial.core.input.MissingMeansException;
import dev.trial.core.input.UsageException;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.targets.Target;
import dev.trial.results.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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

  /** Runs whose results nobody has seen yet, in the order of their requests. */
  private final Deque<Future<RunResult>> unseen = new ArrayDeque<>();

  private Consumer<RunResult> each = result -> {};

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

  /**
   * Runs all; {@code seeing} sees every result in order, and its history only then.
   *
   * @throws MissingMeansException if a run cannot be stored; the runs that were finished are shown
   */
  public List<RunResult> run(List<RunRequest> requests, Consumer<RunResult> seeing) {
    List<RunResult> results = new ArrayList<>();
    watch(seeing.andThen(results::add));
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try (Progress bar = new Progress(requests.size(), progress)) {
      for (int i = 0; i < requests.size(); i++) {
        int run = i;
        boolean twice = twice(i, requests.size());
        add(pool.submit(() -> hold(requests.get(run), twice, bar)));
      }
      for (Future<RunResult> first = first(); first != null; first = first()) {
        show(first, get(first));
      }
    } catch (StoreException full) {
      showFinished();
      throw new MissingMeansException(full.getMessage());
    } finally {
      pool.shutdownNow();
    }
    return results;
  }

  private synchronized void watch(Consumer<RunResult> seeing) {
    each = seeing;
  }

  private synchronized void add(Future<RunResult> run) {
    unseen.add(run);
  }

  private synchronized Future<RunResult> first() {
    return unseen.peek();
  }

  private synchronized void show(Future<RunResult> run, RunResult result) {
    if (unseen.peek() == run) {
      unseen.remove();
      each.accept(result);
    }
  }

  /** The campaign ends here: shows the results that there are, and no others. */
  public synchronized void showFinished() {
    for (Future<RunResult> run : unseen) {
      if (run.isDone()) {
        result(run).ifPresent(each);
      }
    }
    unseen.clear();
  }

  private static Optional<RunResult> result(Future<RunResult> finished) {
    try {
      return Optional.of(finished.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.empty(); // it ends the campaign, and is told there
    }
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
    bar.done(result.summary().simulatedMs(), result.summary().outcome() == Outcome.FINDING);
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
      if (e.getCause() instanceof StoreException full) {
        throw full;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
