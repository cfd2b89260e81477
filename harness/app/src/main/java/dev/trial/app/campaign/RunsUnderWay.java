package dev.trial.app.campaign;

import dev.trial.results.store.RunDirectory;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulated runs that are not over. Their histories are in memory; when this process is told to end
 * (SIGINT, SIGTERM), what has happened so far is stored.
 */
final class RunsUnderWay {
  private static final RunsUnderWay OF_THIS_PROCESS = new RunsUnderWay();

  private final List<Run> runs = new ArrayList<>();
  private boolean watching;

  private record Run(RunDirectory directory, HistoryBytes bytes) {}

  private RunsUnderWay() {}

  /** From now on the run is stored should this process end; {@code directory} may be null. */
  static void begin(RunDirectory directory, HistoryBytes bytes) {
    if (directory != null) {
      OF_THIS_PROCESS.add(new Run(directory, bytes));
    }
  }

  /** The run is over: whoever ran it stores it. */
  static void end(RunDirectory directory) {
    OF_THIS_PROCESS.remove(directory);
  }

  private synchronized void add(Run run) {
    if (!watching) {
      watching = true;
      Runtime.getRuntime().addShutdownHook(new Thread(this::store, "runs-under-way"));
    }
    runs.add(run);
  }

  private synchronized void remove(RunDirectory directory) {
    runs.removeIf(run -> run.directory() == directory);
  }

  private synchronized void store() {
    for (Run run : runs) {
      HistoryBytes bytes = run.bytes();
      int length = bytes.length(); // first: what it counts was written before it was counted
      run.directory().history(bytes.bytes(), length);
      System.err.println("interrupted: " + run.directory().path() + " has what happened so far");
    }
    runs.clear();
  }
}
