package dev.trial.results.index;

import java.util.ArrayList;
import java.util.List;

/** Runs in their order, in so few stretches of equal length that a page can show them. */
final class RunSeries {
  static final int MOST = 60;

  private final List<Tally> stretches = new ArrayList<>();
  private int length = 1;

  void add(IndexedRun run) {
    if (stretches.isEmpty() || stretches.get(stretches.size() - 1).runs() == length) {
      if (stretches.size() == MOST) {
        halve();
      }
      stretches.add(new Tally());
    }
    stretches.get(stretches.size() - 1).add(run);
  }

  /** All of them are full: each becomes one with its neighbour. */
  private void halve() {
    for (int i = 0; i < MOST / 2; i++) {
      Tally both = stretches.get(i);
      both.add(stretches.remove(i + 1));
    }
    length *= 2;
  }

  /** How many runs each has; the last one may have fewer. */
  int length() {
    return length;
  }

  List<Tally> stretches() {
    return List.copyOf(stretches);
  }
}
