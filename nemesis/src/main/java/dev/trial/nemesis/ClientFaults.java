package dev.trial.nemesis;

import java.util.List;

/** What a run lets a nemesis do to its client processes. Names as in the workload's plan. */
public interface ClientFaults {

  /** Names of all clients of the plan, in its order. */
  List<String> names();

  /** True while a process of that client lives, paused or not. */
  boolean running(String client);

  /** kill -9 of its process. */
  void kill(String client);

  /** Tells its process to close in order and end. */
  void stop(String client);

  /** Starts the next incarnation if the plan says that it restarts; harmless if one runs. */
  void restart(String client);

  /** SIGSTOP. */
  void pause(String client);

  /** SIGCONT. */
  void resume(String client);
}
