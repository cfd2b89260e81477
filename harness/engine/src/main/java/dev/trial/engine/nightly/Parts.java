package dev.trial.engine.nightly;

import dev.trial.core.input.UsageException;
import dev.trial.core.run.RunSpec;
import dev.trial.engine.corpus.Corpus;
import dev.trial.engine.corpus.Entry;
import dev.trial.engine.shrink.Sign;
import dev.trial.results.store.Copies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The parts of one campaign that several machines held, brought together. */
public final class Parts {
  private static final Comparator<NightRun> IN_ORDER =
      Comparator.comparing(NightRun::target)
          .thenComparing(NightRun::item)
          .thenComparing(NightRun::run);

  private final Map<Integer, Path> byShard = new TreeMap<>();
  private final Map<Path, NightJournal.Content> contents = new LinkedHashMap<>();
  private final List<NightRun> runs = new ArrayList<>();
  private NightPlan plan;
  private Path first;

  private Parts() {}

  /**
   * Reads the parts.
   *
   * @param directories of campaigns, each with a journal; of a directory of campaigns the newest
   */
  public static Parts read(List<Path> directories) {
    Parts parts = new Parts();
    for (Path each : directories) {
      parts.add(each, NightBook.newest(each));
    }
    parts.runs.sort(IN_ORDER);
    return parts;
  }

  private void add(Path named, Path directory) {
    if (!NightJournal.isIn(directory)) {
      throw new UsageException(named + ": no campaign is in it: there is no " + NightJournal.FILE);
    }
    NightJournal.Content content = NightJournal.read(directory, runs::add);
    NightPlan whole = content.plan().unsharded();
    if (plan == null) {
      plan = whole;
      first = named;
    } else if (!plan.equals(whole) || shards() != content.plan().shard().count()) {
      throw new UsageException(
          named + ": is no part of the campaign that " + first + " is a part of");
    }
    Path other = byShard.put(content.plan().shard().index(), directory);
    if (other != null) {
      throw new UsageException(
          other + " and " + directory + " are both part " + content.plan().shard().text());
    }
    contents.put(directory, content);
  }

  private int shards() {
    return contents.values().iterator().next().plan().shard().count();
  }

  /** What all parts were asked for. */
  public NightPlan plan() {
    return plan;
  }

  /** What is not there of the whole, a sentence each. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (int shard = 1; shard <= shards(); shard++) {
      Path directory = byShard.get(shard);
      if (directory == null) {
        missing.add("part " + shard + "/" + shards() + " is not here");
      } else if (!contents.get(directory).done()) {
        missing.add(directory + " did not come to its end");
      }
    }
    return missing;
  }

  /** Makes them one campaign in a directory of campaigns; each run is counted once. */
  public NightBook unite(Path campaigns, Consumer<NightRun> watcher) {
    NightBook book = NightBook.next(campaigns, plan, watcher);
    for (Path each : contents.keySet()) {
      Copies.of(each.resolve("runs"), book.runs());
    }
    runs.forEach(book::add);
    return book;
  }

  /** What the parts made smaller, for the whole. */
  public Harvest.Smaller smaller() {
    Map<Sign, Entry> smallest = new HashMap<>();
    for (Path each : contents.keySet()) {
      Path kept = NightBook.corpusIn(each);
      if (Files.isDirectory(kept)) {
        Corpus.read(kept)
            .entries()
            .forEach(entry -> smallest.merge(entry.sign(), entry, Entry::and));
      }
    }
    return (run, spec) -> {
      Entry entry = smallest.get(run.sign());
      RunSpec smaller = entry == null ? spec : entry.spec();
      return smaller.seed() == run.seed() ? smaller : spec;
    };
  }
}
