package dev.trial.checkers.evidence;

import dev.trial.core.history.Action.Subscribe;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which topics the members of each group ever asked for, by name or by pattern. */
final class Subscriptions {
  private final Map<String, Set<String>> asked = new TreeMap<>();

  void add(Subscribe subscribe) {
    if (subscribe.group() != null) {
      asked.computeIfAbsent(subscribe.group(), group -> new TreeSet<>()).addAll(subscribe.topics());
    }
  }

  /** True if a member of the group asked for the topic. */
  boolean include(String group, String topic) {
    for (String each : asked.getOrDefault(group, Set.of())) {
      if (each.equals(topic) || matches(each, topic)) {
        return true;
      }
    }
    return false;
  }

  /** A pattern stands between slashes, which no topic's name may contain. */
  private static boolean matches(String asked, String topic) {
    if (asked.length() < 2 || !asked.startsWith("/") || !asked.endsWith("/")) {
      return false;
    }
    try {
      return Pattern.matches(asked.substring(1, asked.length() - 1), topic);
    } catch (PatternSyntaxException notOurs) {
      return false; // the broker's syntax (RE2/J) may differ: what it assigned is known anyway
    }
  }
}
