package dev.trial.results.index;

import java.util.TreeSet;

/** One kind of anomaly with one cause, in all runs that showed it as their gravest. */
final class FoundAnomaly {
  private final TreeSet<String> abouts = new TreeSet<>();
  private final String first;
  private String last;
  private int runs;
  private IndexedRun example;
  private String exampleOf;

  FoundAnomaly(String period) {
    this.first = period;
  }

  void add(String period, IndexedRun run) {
    runs++;
    last = period;
    abouts.add(run.about());
    if (example == null || better(period, run)) {
      example = run;
      exampleOf = period;
    }
  }

  /** The one that can be looked at; of those the newest, and of one campaign the first seed. */
  private boolean better(String period, IndexedRun run) {
    int worth = run.shown().where().worth();
    int now = example.shown().where().worth();
    if (worth != now) {
      return worth > now;
    }
    return !period.equals(exampleOf) || run.seed() < example.seed();
  }

  IndexedRun example() {
    return example;
  }

  TreeSet<String> abouts() {
    return abouts;
  }

  int runs() {
    return runs;
  }

  /** When it was seen first. */
  String first() {
    return first;
  }

  /** When it was seen last. */
  String last() {
    return last;
  }
}
