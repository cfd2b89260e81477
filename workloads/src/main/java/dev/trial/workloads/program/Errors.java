package dev.trial.workloads.program;

/** How errors are written into a history. */
final class Errors {

  private Errors() {}

  /** Class and message, null for none. */
  static String text(Throwable error) {
    return error == null ? null : error.getClass().getSimpleName() + ": " + error.getMessage();
  }
}
