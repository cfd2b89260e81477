package dev.trial.engine.corpus;

import dev.trial.core.run.RunSpec;
import dev.trial.core.verdict.Cause;
import dev.trial.engine.shrink.Sign;
import java.time.LocalDate;

/**
 * A run that showed what no run may show, kept to be tried first the next time. Its spec names no
 * defects: they are the command line's, as are the world and the clients that it is tried with.
 *
 * @param sign what it showed; there is one entry for each
 * @param about the claim on trial, or the workload of a run without one
 * @param sentence what that was, in words
 */
public record Entry(
    Sign sign,
    String about,
    String sentence,
    State state,
    LocalDate firstSeen,
    LocalDate lastSeen,
    RunSpec spec) {

  /** What it is called, and its file without {@code .json}. */
  public String name() {
    return nameOf(sign);
  }

  static String nameOf(Sign sign) {
    return sign.cause() == Cause.UNEXPLAINED
        ? sign.kind().id()
        : sign.kind().id() + "_" + sign.cause().id();
  }

  /** Shown again, on that day. */
  public Entry seen(LocalDate day) {
    return new Entry(sign, about, sentence, State.OPEN, firstSeen, later(lastSeen, day), spec);
  }

  /** Not shown any more. */
  public Entry fixed() {
    return new Entry(sign, about, sentence, State.FIXED, firstSeen, lastSeen, spec);
  }

  /** Shown by another run, which takes the place of this one's. */
  public Entry shownBy(RunSpec other, String otherAbout, String words, LocalDate day) {
    return new Entry(sign, otherAbout, words, State.OPEN, firstSeen, later(lastSeen, day), other);
  }

  /** The same entry as two shards left it: what one of them saw, was seen. */
  public Entry and(Entry other) {
    Entry kept = keeps(other) ? this : other;
    return new Entry(
        sign,
        kept.about,
        kept.sentence,
        kept.state,
        firstSeen.isBefore(other.firstSeen) ? firstSeen : other.firstSeen,
        later(lastSeen, other.lastSeen),
        kept.spec);
  }

  private boolean keeps(Entry other) {
    return state == other.state ? spec.seed() <= other.spec.seed() : state == State.OPEN;
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }
}
