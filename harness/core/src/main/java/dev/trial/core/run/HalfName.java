package dev.trial.core.run;

/**
 * Which half of a half-true claim an experiment is about.
 *
 * @param text its name; "" where the claim has one experiment
 */
public record HalfName(String text) implements Comparable<HalfName> {
  /** The only experiment of a claim. */
  public static final HalfName ONLY = new HalfName("");

  /** True if the claim has one experiment, which needs no name. */
  public boolean only() {
    return text.isEmpty();
  }

  @Override
  public int compareTo(HalfName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
