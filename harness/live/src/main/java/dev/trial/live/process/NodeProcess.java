package dev.trial.live.process;

/** A process that can be hurt from outside: a child of this one, or the first of a container. */
public interface NodeProcess {

  /** True until it has ended, paused or not. */
  boolean alive();

  /** SIGKILL; it may be alive for a moment yet. */
  void kill();

  /** SIGTERM; how long it takes is its own affair. */
  void terminate();

  /** It gets no more time, and keeps all that it has. */
  void pause();

  /** It goes on. */
  void resume();
}
