package dev.trial.app;

import dev.trial.app.command.TrialCommand;

/** The entry point: {@code trial}. */
public final class Main {

  private Main() {}

  /** Runs a command line and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(TrialCommand.run(arguments));
  }
}
