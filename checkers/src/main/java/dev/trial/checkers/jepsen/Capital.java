package dev.trial.checkers.jepsen;

/** How sentences begin. */
final class Capital {
  private Capital() {}

  static String of(String sentence) {
    return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
  }
}
