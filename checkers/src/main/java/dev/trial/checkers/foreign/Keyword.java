package dev.trial.checkers.foreign;

/** An EDN keyword, without its colon. */
record Keyword(String name) implements Comparable<Keyword> {
  @Override
  public int compareTo(Keyword other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return ":" + name;
  }
}
