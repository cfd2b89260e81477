package dev.trial.engine.nightly;

import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Outcome;
import dev.trial.engine.corpus.Corpus;
import dev.trial.engine.corpus.Entry;
import dev.trial.engine.corpus.State;
import dev.trial.engine.shrink.Sign;
import dev.trial.results.store.RunDirectory;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings a corpus up to date with what a campaign saw. Doing it again changes nothing: whoever was
 * ended in the middle of it begins anew.
 */
public final class Harvest {
  private final NightBook book;
  private final Corpus corpus;
  private final Smaller smaller;
  private final LocalDate today;
  private final Map<Sign, Change> changes = new LinkedHashMap<>();

  /**
   * Of a campaign whose runs are all held.
   *
   * @param smaller makes runs smaller before they are kept
   */
  public Harvest(NightBook book, Corpus corpus, Smaller smaller, LocalDate today) {
    this.book = book;
    this.corpus = corpus;
    this.smaller = smaller;
    this.today = today;
  }

  /** Makes a run smaller, as long as it shows the same. */
  public interface Smaller {
    /** The smallest spec that was found; the spec itself if none is smaller. */
    RunSpec of(NightRun run, RunSpec spec);
  }

  /** What became of each entry, and what is new. */
  public List<Change> gather() {
    for (Entry entry : corpus.entries()) {
      NightRun run = book.summary().corpus().get(entry.name());
      if (run != null && run.seed() == entry.spec().seed()) {
        tried(entry, run);
      }
    }
    book.summary().found().forEach((sign, found) -> shown(sign, found.smallest()));
    Corpus seen = Corpus.read(book.corpus());
    changes.values().forEach(change -> seen.put(change.entry()));
    return new ArrayList<>(changes.values());
  }

  /** An entry's own run; that of a spec which gave way to another since says nothing of it. */
  private void tried(Entry entry, NightRun run) {
    boolean open = entry.state() == State.OPEN;
    if (run.shows(entry.sign())) {
      keep(entry.seen(today), open ? Change.Kind.STILL : Change.Kind.REGRESSION, run);
    } else if (run.outcome() == Outcome.UNKNOWN
        || run.outcome() == Outcome.ERROR
        || run.outcome() == Outcome.NOT_APPLICABLE) {
      changes.put(entry.sign(), new Change(entry, Change.Kind.UNTOLD, run));
    } else {
      keep(entry.fixed(), open ? Change.Kind.FIXED : Change.Kind.QUIET, run);
    }
  }

  /** A drawn run. */
  private void shown(Sign sign, NightRun run) {
    Entry entry = corpus.of(sign);
    Change before = changes.get(sign);
    if (entry == null) {
      RunSpec spec = smallest(run);
      keep(
          new Entry(sign, run.about(), run.sentence(), State.OPEN, today, today, spec),
          Change.Kind.NEW,
          run);
    } else if (entry.state() == State.OPEN) {
      keep(entry.seen(today), before == null ? Change.Kind.STILL : before.kind(), run);
    } else {
      boolean tonight = before != null && before.kind() == Change.Kind.FIXED;
      keep(
          entry.shownBy(smallest(run), run.about(), run.sentence(), today),
          tonight ? Change.Kind.STILL : Change.Kind.REGRESSION,
          run);
    }
  }

  private RunSpec smallest(NightRun run) {
    RunSpec spec = RunDirectory.open(book.runs().resolve(run.run())).spec();
    return smaller.of(run, spec).withMutants(List.of());
  }

  private void keep(Entry entry, Change.Kind kind, NightRun run) {
    if (!entry.equals(corpus.of(entry.sign()))) {
      corpus.put(entry);
    }
    changes.put(entry.sign(), new Change(entry, kind, run));
  }
}
