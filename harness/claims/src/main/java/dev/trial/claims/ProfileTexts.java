package dev.trial.claims;

/** The files that profiles are read from. */
public interface ProfileTexts {

  /**
   * The text of a file.
   *
   * @throws dev.trial.core.input.UsageException if it cannot be read
   */
  String text(String file);

  /** How to call a file that {@code file} names from where it lies itself. */
  String beside(String file, String named);
}
