package dev.trial.claims.settings;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Values with <code>${name:default}</code> in them, as Spring's PropertyPlaceholderHelper resolves
 * them: from the same file, else by their default. The environment is not asked, so that a file
 * means the same on every machine.
 */
final class Placeholders {
  private static final String BEGIN = "${";

  private final Map<String, String> values;

  /** Names are looked up among these values. */
  Placeholders(Map<String, String> values) {
    this.values = values;
  }

  /** The value of a text, or the name that nobody says anything of. */
  record Resolved(String text, String unknown) {
    static Resolved of(String text) {
      return new Resolved(text, null);
    }

    static Resolved unknown(String name) {
      return new Resolved(null, name);
    }

    boolean known() {
      return unknown == null;
    }
  }

  Resolved resolve(String text) {
    return resolve(text, new LinkedHashSet<>());
  }

  private Resolved resolve(String text, Set<String> open) {
    StringBuilder whole = new StringBuilder();
    int at = 0;
    for (int begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, at)) {
      int end = end(text, begin + BEGIN.length());
      if (end < 0) {
        break;
      }
      Resolved inner = inner(text.substring(begin + BEGIN.length(), end), open);
      if (!inner.known()) {
        return inner;
      }
      whole.append(text, at, begin).append(inner.text());
      at = end + 1;
    }
    return Resolved.of(whole.append(text, at, text.length()).toString());
  }

  /** Where the brace that closes is; those between belong to placeholders in its default. */
  private static int end(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      if (text.startsWith(BEGIN, i)) {
        depth++;
      } else if (text.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private Resolved inner(String inside, Set<String> open) {
    int colon = inside.indexOf(':');
    String name = colon < 0 ? inside : inside.substring(0, colon);
    String said = values.get(name);
    if (said != null && open.add(name)) {
      Resolved resolved = resolve(said, open);
      open.remove(name);
      return resolved;
    }
    return colon < 0 ? Resolved.unknown(name) : resolve(inside.substring(colon + 1), open);
  }
}
