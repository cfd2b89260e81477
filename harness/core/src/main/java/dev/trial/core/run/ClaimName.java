package dev.trial.core.run;

/** How a command line, a spec and a report name an experiment: ID, or ID/HALF. */
public record ClaimName(String id, HalfName half) {

  /** The name that people write. */
  public static ClaimName of(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new ClaimName(text, HalfName.ONLY)
        : new ClaimName(text.substring(0, slash), new HalfName(text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return half.only() ? id : id + "/" + half;
  }
}
