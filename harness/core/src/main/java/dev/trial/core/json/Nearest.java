package dev.trial.core.json;

import java.util.Collection;
import java.util.Optional;

/** The valid choice that a person most likely meant. */
public final class Nearest {
  /** More choices than this are a catalogue, not a hint. */
  private static final int LISTED_MAX = 8;

  private Nearest() {}

  /**
   * The choice with the smallest edit distance to {@code typed}, where a beginning of a choice is
   * as near as one edit; of several such the shortest, else the first of equals. Empty if none is
   * so near that it may have been meant: a third of what was typed may be wrong.
   */
  public static Optional<String> to(String typed, Collection<String> choices) {
    String best = null;
    int least = editsMax(typed) + 1;
    for (String choice : choices) {
      boolean begun = typed.length() > 1 && choice.startsWith(typed);
      int distance = begun ? 1 : distance(typed, choice);
      boolean shorter = begun && best != null && choice.length() < best.length();
      if (distance < least || distance == least && shorter) {
        least = distance;
        best = choice;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int editsMax(String typed) {
    return typed.length() < 2 ? 0 : Math.max(1, typed.length() / 3);
  }

  /** One sentence about an unknown choice: what was found, and the nearest valid one. */
  public static String explain(String what, String typed, Collection<String> choices) {
    String found = "unknown " + what + " '" + typed + "'";
    return choices.isEmpty()
        ? found + " (none is expected here)"
        : found + to(typed, choices).map(Nearest::question).orElse("") + all(choices);
  }

  /** The end of a sentence about what was typed, with a comma before it. */
  public static String question(String near) {
    return ", did you mean '" + near + "'?";
  }

  private static String all(Collection<String> choices) {
    return choices.size() > LISTED_MAX ? "" : " (one of " + choices + ")";
  }

  /** Levenshtein's distance, where two letters that changed places are one edit. */
  private static int distance(String one, String other) {
    int[][] edits = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : edits(edits, one, i, other, j);
      }
    }
    return edits[one.length()][other.length()];
  }

  private static int edits(int[][] edits, String one, int i, String other, int j) {
    boolean same = one.charAt(i - 1) == other.charAt(j - 1);
    int replaced = edits[i - 1][j - 1] + (same ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
  }
}
