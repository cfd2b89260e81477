package dev.trial.engine.nightly;

import dev.trial.results.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A campaign under way: its journal, and what that adds up to. A directory holds campaigns as
 * {@code 1}, {@code 2}, and so on; the last one goes on if it was not finished and the plan is the
 * same.
 */
public final class NightBook implements AutoCloseable {
  private final Path directory;
  private final NightPlan plan;
  private final NightSummary summary = new NightSummary();
  private final Map<String, Set<Long>> items = new TreeMap<>();
  private final Consumer<NightRun> watcher;
  private NightJournal journal;
  private boolean resumed;
  private long beganNs;

  private NightBook(Path directory, NightPlan plan, Consumer<NightRun> watcher) {
    this.directory = directory;
    this.plan = plan;
    this.watcher = watcher;
  }

  /**
   * Opens the campaign of a plan in a directory of campaigns.
   *
   * @param anySeed whether the plan's first seed is only where a new campaign would begin
   * @param watcher sees each run that is added
   */
  public static NightBook open(
      Path campaigns, NightPlan plan, boolean anySeed, Consumer<NightRun> watcher) {
    int last = last(campaigns);
    Path before = campaigns.resolve(String.valueOf(last));
    if (last > 0 && !NightJournal.isIn(before)) {
      return begun(before, plan, watcher); // whose process died before it had begun
    }
    if (last > 0) {
      NightJournal.Content content = NightJournal.read(before, run -> {});
      NightPlan wanted = anySeed ? plan.from(content.plan().firstSeed()) : plan;
      if (!content.done() && content.plan().equals(wanted)) {
        return resumed(before, wanted, watcher);
      }
    }
    return next(campaigns, plan, watcher);
  }

  /** A new campaign in a directory of campaigns. */
  static NightBook next(Path campaigns, NightPlan plan, Consumer<NightRun> watcher) {
    return begun(campaigns.resolve(String.valueOf(last(campaigns) + 1)), plan, watcher);
  }

  /** The campaign that a directory has or is. */
  static Path newest(Path directory) {
    int last = last(directory);
    return last == 0 ? directory : directory.resolve(String.valueOf(last));
  }

  private static NightBook begun(Path directory, NightPlan plan, Consumer<NightRun> watcher) {
    NightBook book = new NightBook(directory, plan, watcher);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreException(directory, e);
    }
    book.journal = NightJournal.begin(directory, plan);
    book.beganNs = System.nanoTime();
    return book;
  }

  private static NightBook resumed(Path directory, NightPlan plan, Consumer<NightRun> watcher) {
    NightBook book = new NightBook(directory, plan, watcher);
    NightJournal.read(directory, book::count);
    book.journal = NightJournal.resume(directory);
    book.resumed = true;
    book.beganNs = System.nanoTime() - book.summary.elapsedMs() * 1_000_000;
    return book;
  }

  /** The number of the newest campaign; 0 if there is none. */
  private static int last(Path campaigns) {
    int last = 0;
    String[] names = campaigns.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      last = name.matches("[1-9]\\d{0,8}") ? Math.max(last, Integer.parseInt(name)) : last;
    }
    return last;
  }

  /** Where this campaign is. */
  public Path directory() {
    return directory;
  }

  /** Where its runs are stored, as far as they are. */
  public Path runs() {
    return directory.resolve("runs");
  }

  /** The entries of the corpus that this campaign saw, as it left them. */
  public Path corpus() {
    return corpusIn(directory);
  }

  static Path corpusIn(Path campaign) {
    return campaign.resolve("corpus");
  }

  /** What it was asked for. */
  public NightPlan plan() {
    return plan;
  }

  /** True if it goes on where another process was ended. */
  public boolean resumed() {
    return resumed;
  }

  /** What there is so far. */
  public NightSummary summary() {
    return summary;
  }

  /** Its time so far, in milliseconds; that between two processes does not count. */
  public long elapsedMs() {
    return (System.nanoTime() - beganNs) / 1_000_000;
  }

  /** The items held in a world. */
  synchronized Set<Long> items(String target) {
    return new HashSet<>(items.getOrDefault(target, Set.of()));
  }

  /** Keeps a run: from now on it has happened. */
  synchronized void add(NightRun run) {
    journal.add(run);
    count(run);
    watcher.accept(run);
  }

  private void count(NightRun run) {
    if (run.drawn()) {
      items.computeIfAbsent(run.target(), target -> new HashSet<>()).add(run.item());
    }
    summary.add(run);
  }

  /** All is done: the next campaign is another one. */
  public void end() {
    journal.end();
  }

  @Override
  public void close() {
    journal.close();
  }
}
