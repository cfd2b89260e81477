package dev.trial.core.run;

/**
 * One client process's main: application code as a user writes it, against the public client API.
 * Loaded by a realm (its own class loader with its own kafka-clients), so it has a public
 * no-argument constructor and shares with the harness only the types of this project's core.
 */
public interface ClientProgram {

  /**
   * Runs until its work is done or {@link ClientContext#stopping()} says so. An exception that
   * leaves it is recorded as a failed end of the process.
   */
  void run(ClientContext context) throws Exception;
}
