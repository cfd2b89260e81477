package dev.trial.nemesis.schedule;

import dev.trial.core.fault.ScheduledFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds a small fault schedule that still shows what a big one shows: delta debugging (Zeller and
 * Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002) over the lines, then
 * shorter lengths, then earlier times. The seed is never changed. Pure: all it knows of runs is the
 * predicate, asked at most {@code attemptsMax} times.
 */
public final class ScheduleShrinker {
  private static final long STEP_MS_MIN = 10;

  private final Predicate<List<ScheduledFault>> stillFails;
  private int attemptsLeft;
  private List<ScheduledFault> best;

  private ScheduleShrinker(
      List<ScheduledFault> schedule, Predicate<List<ScheduledFault>> stillFails, int attemptsMax) {
    this.best = List.copyOf(schedule);
    this.stillFails = stillFails;
    this.attemptsLeft = attemptsMax;
  }

  /**
   * What shrinking found.
   *
   * @param attempts how often the predicate was asked
   * @param minimal true if no single line can be left out; false when attempts ran out before
   */
  public record Result(List<ScheduledFault> schedule, int attempts, boolean minimal) {}

  /** Shrinks a schedule of which the predicate holds. */
  public static Result shrink(
      List<ScheduledFault> schedule, Predicate<List<ScheduledFault>> stillFails, int attemptsMax) {
    ScheduleShrinker shrinker = new ScheduleShrinker(schedule, stillFails, attemptsMax);
    boolean minimal = shrinker.dropLines();
    shrinker.shorten();
    shrinker.hasten();
    // A shorter fault may have made another one needless.
    minimal = shrinker.dropLines() && minimal;
    return new Result(shrinker.best, attemptsMax - shrinker.attemptsLeft, minimal);
  }

  /** True when no chunk, down to single lines, can be left out. */
  private boolean dropLines() {
    if (best.isEmpty() || tryOut(List.of())) {
      return true;
    }
    int chunk = best.size();
    while (attemptsLeft > 0) {
      chunk = Math.max(1, Math.min(chunk, best.size()) / 2);
      boolean dropped = dropChunks(chunk);
      if (chunk == 1 && !dropped) {
        return attemptsLeft > 0 || best.size() == 1;
      }
    }
    return false;
  }

  private boolean dropChunks(int size) {
    boolean dropped = false;
    for (int from = 0; from < best.size() && best.size() > 1; ) {
      List<ScheduledFault> fewer = new ArrayList<>(best);
      fewer.subList(from, Math.min(from + size, fewer.size())).clear();
      if (!fewer.isEmpty() && tryOut(fewer)) {
        dropped = true;
      } else {
        from += size;
      }
    }
    return dropped;
  }

  private void shorten() {
    for (int i = 0; i < best.size(); i++) {
      int line = i;
      smallest(best.get(i).lengthMs(), lengthMs -> tryOut(withLength(line, lengthMs)));
    }
  }

  /** Moves each line, and all after it, to an earlier time: gaps shrink, the order stays. */
  private void hasten() {
    long beforeMs = 0;
    for (int i = 0; i < best.size(); i++) {
      int line = i;
      long gapMs = best.get(i).atMs() - beforeMs;
      long fromMs = beforeMs;
      smallest(gapMs, gap -> tryOut(movedTo(line, fromMs + gap)));
      beforeMs = best.get(i).atMs();
    }
  }

  /** Looks for the smallest amount that works, by halving the distance to the last that did. */
  private void smallest(long amount, Predicate<Long> works) {
    long low = 0;
    long high = amount;
    while (attemptsLeft > 0 && high - low > STEP_MS_MIN) {
      long middle = low == 0 && high == amount ? 0 : low + (high - low) / 2;
      if (works.test(middle)) {
        high = middle;
      } else if (middle == 0) {
        low = 1;
      } else {
        low = middle;
      }
    }
  }

  private List<ScheduledFault> withLength(int line, long lengthMs) {
    List<ScheduledFault> changed = new ArrayList<>(best);
    ScheduledFault old = best.get(line);
    changed.set(line, new ScheduledFault(old.atMs(), lengthMs, old.fault(), old.whom()));
    return changed;
  }

  private List<ScheduledFault> movedTo(int line, long atMs) {
    long earlierMs = best.get(line).atMs() - atMs;
    List<ScheduledFault> changed = new ArrayList<>(best.subList(0, line));
    for (ScheduledFault old : best.subList(line, best.size())) {
      changed.add(
          new ScheduledFault(old.atMs() - earlierMs, old.lengthMs(), old.fault(), old.whom()));
    }
    return changed;
  }

  private boolean tryOut(List<ScheduledFault> candidate) {
    if (attemptsLeft == 0 || candidate.equals(best)) {
      return false;
    }
    attemptsLeft--;
    boolean works = stillFails.test(List.copyOf(candidate));
    if (works) {
      best = List.copyOf(candidate);
    }
    return works;
  }
}
