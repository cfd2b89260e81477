package dev.trial.app.live.scale;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Seconds that a cluster took, by what it was asked for. */
final class Figures {
  private final Map<String, Double> seconds = new LinkedHashMap<>();

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
          double other = theirs.seconds.get(what);
          text.append(
              String.format(
                  Locale.ROOT, "%-52s %12.2f %12.2f %7.2f%n", what, own, other, own / other));
        });
    return text.toString();
  }
}
