package dev.trial.core.world;

import java.util.function.Function;

/** A machine that a node runs on. Its disk outlives the process. */
public interface Machine {

  String name();

  /**
   * Boots a fresh process: {@code program} builds the node on the new host, on its event loop. At
   * most one process runs at a time.
   *
   * @return what the program built
   */
  <N> N boot(Function<Host, N> program);

  /** kill -9: timers and connections are gone, written bytes stay. */
  void kill();

  /** Crash that also loses every unflushed byte. */
  void losePower();

  /** SIGSTOP: nothing runs, connections stay open, bytes queue up. */
  void pause();

  /** SIGCONT. */
  void resume();

  /** True while a process is booted, paused or not. */
  boolean running();

  /** What can go wrong with its disk, where the world can do that. */
  default DiskFaults diskFaults() {
    throw new UnsupportedOperationException("the disk of " + name() + " cannot be made to fail");
  }

  /**
   * Runs {@code action} on the process's event loop and waits for it (an observation, no event).
   */
  <T> T observe(java.util.function.Supplier<T> action);
}
