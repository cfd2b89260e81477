package dev.trial.broker.controller;

/** What a topic may be called. */
final class TopicNames {
  private static final int MAX_LENGTH = 249;

  private TopicNames() {}

  /** 1 to 249 of [a-zA-Z0-9._-], neither "." nor "..". */
  static boolean valid(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH || name.equals(".") || name.equals("..")) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean legal =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '.'
              || c == '_'
              || c == '-';
      if (!legal) {
        return false;
      }
    }
    return true;
  }
}
