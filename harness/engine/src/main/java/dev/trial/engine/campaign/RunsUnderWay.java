package dev.trial.engine.campaign;

import dev.trial.engine.work.ProcessEnd;
import dev.trial.results.store.RunDirectory;

/** Runs that are not over: when this process is told to end, what has happened so far is stored. */
final class RunsUnderWay {

  private RunsUnderWay() {}

  /**
   * From now on, until the result is closed, the run is stored should this process end.
   *
   * @param bytes its history; null where that is in the directory already
   */
  static ProcessEnd.Registration begin(RunDirectory directory, HistoryBytes bytes) {
    return ProcessEnd.then(() -> store(directory, bytes));
  }

  private static void store(RunDirectory directory, HistoryBytes bytes) {
    if (bytes != null) {
      int length = bytes.length(); // first: what it counts was written before it was counted
      directory.history(bytes.bytes(), length);
    }
    System.err.println("interrupted: " + directory.path() + " has what happened so far");
  }
}
