package dev.trial.app.live.scale;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Seconds that a cluster took, by what it was asked for. Where somebody stopped waiting, the figure
 * is how long that was, and the true one is larger.
 */
final class Figures {
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final Set<String> unfinished = new LinkedHashSet<>();

  /** Carries out the work and notes how long it took. */
  <T> T time(String what, Callable<T> work) throws Exception {
    long startNs = System.nanoTime();
    T result = work.call();
    note(what, System.nanoTime() - startNs);
    return result;
  }

  void note(String what, long ns) {
    seconds.put(what, ns / 1e9);
  }

  void noteUnfinished(String what, long ns) {
    note(what, ns);
    unfinished.add(what);
  }

  /** True if nobody knows more than that it takes longer. */
  boolean unfinished(String what) {
    return unfinished.contains(what);
  }

  Map<String, Double> seconds() {
    return seconds;
  }

  /** A table of both, with how many times as long the first took. */
  static String table(String first, Figures ours, String second, Figures theirs) {
    StringBuilder text =
        new StringBuilder(
            String.format("%-52s %12s %12s %7s%n", "seconds", first, second, "ratio"));
    ours.seconds.forEach(
        (what, own) -> {
          Double other = theirs.seconds.get(what);
          String ratio = other == null ? "" : String.format(Locale.ROOT, "%.2f", own / other);
          text.append(
              String.format("%-52s %12s %12s %7s%n", what, ours.of(what), theirs.of(what), ratio));
        });
    return text.toString();
  }

  private String of(String what) {
    Double figure = seconds.get(what);
    return figure == null
        ? "not asked"
        : (unfinished(what) ? "> " : "") + String.format(Locale.ROOT, "%.2f", figure);
  }
}
