package dev.trial.app.command;

import java.util.Collection;

/** Finds the valid choice that somebody probably meant. */
public final class NearestChoice {

  private NearestChoice() {}

  /** The message for an unknown name: what it is, what was typed, what is nearest. */
  public static UsageException unknown(String what, String typed, Collection<String> valid) {
    String nearest = of(typed, valid);
    return new UsageException(
        "unknown "
            + what
            + " '"
            + typed
            + "'"
            + (nearest == null ? "" : ": did you mean '" + nearest + "'?"));
  }

  private static String of(String typed, Collection<String> valid) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String choice : valid) {
      int distance = choice.startsWith(typed) ? 1 : distance(typed, choice);
      if (distance < bestDistance) {
        best = choice;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** Levenshtein's edit distance, one row at a time. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
