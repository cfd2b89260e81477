package dev.trial.engine.index;

import dev.trial.core.json.JsonFormatException;
import dev.trial.engine.nightly.NightJournal;
import dev.trial.engine.nightly.NightPlan;
import dev.trial.results.index.IndexedRun;
import dev.trial.results.index.RunIndex;
import dev.trial.results.store.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up all runs below a directory. One run at a time is read; parts of a campaign that was
 * merged below the same directory are not counted again.
 */
public final class RunsBelow {
  private final Path directory;
  private final Links links;
  private final RunIndex index = new RunIndex();
  private final Map<RunSource, NightPlan> plans = new LinkedHashMap<>();

  private RunsBelow(Path directory) {
    this.directory = directory;
    this.links = new Links(directory);
  }

  /**
   * The overview.
   *
   * @param directory as it was named on the command line
   */
  public static RunIndex of(Path directory) {
    RunsBelow all = new RunsBelow(directory);
    try {
      List<RunSource> sources = RunSources.below(directory, all.index::unread);
      sources.stream().filter(RunSource::campaign).forEach(all::plan);
      sources.forEach(all::add);
      return all.index;
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be read: " + FileProblem.reason(e), e);
    }
  }

  private void plan(RunSource campaign) {
    attempt(() -> plans.put(campaign, NightJournal.read(campaign.directory(), run -> {}).plan()));
  }

  private void add(RunSource source) {
    if (!source.campaign()) {
      attempt(() -> stored(source));
    } else if (plans.containsKey(source) && !merged(plans.get(source))) {
      String period = "campaign " + name(source) + " of " + source.day();
      Path at = source.directory();
      attempt(() -> JournaledRuns.read(at, plans.get(source), links, run -> add(period, run)));
    }
  }

  private void stored(RunSource source) {
    if (!StoredVerdict.madeSmall(source.directory())) {
      add("runs of " + source.day(), StoredVerdict.read(source.directory(), links));
    }
  }

  private void add(String period, IndexedRun run) {
    index.add(period, run);
  }

  /** A part of a campaign which is here as a whole. */
  private boolean merged(NightPlan plan) {
    return plan.shard().count() > 1 && plans.containsValue(plan.unsharded());
  }

  private String name(RunSource campaign) {
    String relative = directory.relativize(campaign.directory()).toString();
    return relative.isEmpty() ? campaign.directory().toString() : relative;
  }

  /** What is damaged is told, and does not keep anybody from the rest. */
  private void attempt(Runnable reading) {
    try {
      reading.run();
    } catch (JsonFormatException | UncheckedIOException damaged) {
      index.unread(damaged.getMessage());
    }
  }
}
