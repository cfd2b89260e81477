package dev.trial.core.json;

import java.util.Collection;

/** The valid choice that a person most likely meant. */
public final class Nearest {
  /** More choices than this are a catalogue, not a hint. */
  private static final int LISTED_MAX = 8;

  private Nearest() {}

  /**
   * The choice with the smallest edit distance to {@code typed}, where a beginning of a choice is
   * as near as one edit; of several such the shortest, else the first of equals.
   */
  public static String to(String typed, Collection<String> choices) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String choice : choices) {
      int distance = choice.startsWith(typed) ? 1 : distance(typed, choice);
      boolean shorter = choice.startsWith(typed) && choice.length() < best.length();
      if (distance < least || distance == least && shorter) {
        least = distance;
        best = choice;
      }
    }
    return best;
  }

  /** One sentence about an unknown choice: what was found, and the nearest valid one. */
  public static String explain(String what, String typed, Collection<String> choices) {
    String found = "unknown " + what + " '" + typed + "'";
    return choices.isEmpty()
        ? found + " (none is expected here)"
        : found + ", did you mean '" + to(typed, choices) + "'?" + all(choices);
  }

  private static String all(Collection<String> choices) {
    return choices.size() > LISTED_MAX ? "" : " (one of " + choices + ")";
  }

  /** Levenshtein's distance. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
