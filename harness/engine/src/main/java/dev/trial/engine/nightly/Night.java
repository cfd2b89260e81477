package dev.trial.engine.nightly;

import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Anomaly;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.campaign.RunHouse;
import dev.trial.engine.campaign.RunRequest;
import dev.trial.engine.campaign.RunResult;
import dev.trial.engine.coverage.Dimension;
import dev.trial.engine.coverage.TouchedPoints;
import dev.trial.engine.draw.Draw;
import dev.trial.engine.draw.Drawn;
import dev.trial.engine.shrink.Sign;
import dev.trial.engine.targets.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Holds drawn runs in one world, as many at a time as there are cores, until its time is over. Each
 * is in the journal once it is judged. A simulated run leaves nothing else: it can be held again.
 */
public final class Night {
  private final Target target;
  private final NightBook book;
  private final RunHouse house;
  private final RunHouse keeping;
  private final int workers;

  /**
   * A night in a world.
   *
   * @param runs where live runs are stored: nobody can hold them again
   * @param workers runs at the same time; one where time is real
   */
  public Night(Target target, NightBook book, Path runs, int workers) {
    this.target = target;
    this.book = book;
    this.keeping = new RunHouse(target, runs);
    this.house = target.simulated() ? new RunHouse(target, null) : keeping;
    this.workers = target.simulated() ? workers : 1;
  }

  /** Holds the runs of corpus entries that the journal has not yet. */
  public void hold(Collection<CorpusRun> entries) {
    List<CorpusRun> left = new ArrayList<>(entries);
    left.removeIf(entry -> book.summary().corpus().containsKey(entry.name()));
    each(
        () -> {
          synchronized (left) {
            return left.isEmpty() ? Optional.empty() : Optional.of(left.remove(0));
          }
        },
        entry -> {
          RunRequest request = entry.request(target, book.plan());
          add(NightRun.OF_CORPUS, entry.name(), request, about(request), new TreeSet<>());
        });
  }

  private static String about(RunRequest request) {
    RunSpec spec = request.spec();
    return spec.claim() == null ? spec.workload() : spec.claim().toString();
  }

  /** Holds what the seeds stand for until there are no more, or the time is over. */
  public void hold(Draw draw, BooleanSupplier over) {
    Set<Long> done = book.items(target.name());
    NightSeeds seeds = new NightSeeds(book.plan(), draw, book.summary().coverage(), done);
    each(
        () -> over.getAsBoolean() ? Optional.empty() : seeds.next(),
        item -> {
          Drawn drawn = item.drawn();
          add(item.number(), null, drawn.request(), drawn.about(), drawn.planned());
        });
  }

  private interface Work<T> {
    Optional<T> next();
  }

  private interface Deed<T> {
    void on(T one);
  }

  /** Every worker takes the next piece of work as soon as it has done one. */
  private <T> void each(Work<T> work, Deed<T> deed) {
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<?>> begun = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        begun.add(pool.submit(() -> all(work, deed)));
      }
      begun.forEach(Night::await);
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> void all(Work<T> work, Deed<T> deed) {
    for (Optional<T> one = work.next();
        one.isPresent() && !Thread.currentThread().isInterrupted();
        one = work.next()) {
      deed.on(one.get());
    }
  }

  private static void await(Future<?> worker) {
    try {
      worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void add(
      long item, String corpus, RunRequest request, String about, SortedSet<String> planned) {
    RunResult result = house.run(request);
    SortedSet<String> touched =
        result.history() == null ? new TreeSet<>() : TouchedPoints.of(result.history());
    planned.stream().filter(point -> !Dimension.FAULT.has(point)).forEach(touched::add);
    NightRun run = run(item, corpus, about, result, touched);
    if (target.simulated() && worthKeeping(run)) {
      keeping.run(request);
    }
    book.add(run);
  }

  /** Of what looks alike the run with the smallest seed is kept, and each of the corpus. */
  private boolean worthKeeping(NightRun run) {
    return run.outcome() == Outcome.ERROR
        || run.sign() != null && (!run.drawn() || book.summary().isFirst(run));
  }

  private NightRun run(
      long item, String corpus, String about, RunResult result, SortedSet<String> touched) {
    RunSpec spec = result.request().spec();
    List<Anomaly> grave =
        result.outcome() == null ? List.of() : Sign.gravestFirst(result.outcome().unexpected());
    Anomaly gravest = grave.isEmpty() ? null : grave.get(0);
    return new NightRun(
        item,
        corpus,
        result.request().name(),
        about,
        spec.target(),
        spec.client(),
        spec.seed(),
        result.outcome() == null ? Outcome.NOT_APPLICABLE : result.outcome().outcome(),
        result.summary().reason(),
        result.summary().anomalies(),
        gravest == null ? null : Sign.of(gravest),
        gravest == null ? null : gravest.sentence(),
        grave.stream().map(Sign::of).distinct().skip(1).toList(),
        result.summary().operations(),
        spec.faults().size(),
        result.summary().simulatedMs(),
        result.summary().wallMs(),
        result.summary().historySha256(),
        result.summary().traceHash(),
        book.elapsedMs(),
        touched);
  }
}
