package dev.trial.live.process;

import java.nio.file.Path;

/** A child process started by the {@link Launcher}. */
public final class Child implements NodeProcess {
  private final Launcher launcher;
  private final long pid;
  private final String name;
  private final Path log;

  Child(Launcher launcher, long pid, String name, Path log) {
    this.launcher = launcher;
    this.pid = pid;
    this.name = name;
    this.log = log;
  }

  public long pid() {
    return pid;
  }

  public String name() {
    return name;
  }

  /** Its standard output and error. */
  public Path log() {
    return log;
  }

  @Override
  public boolean alive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** SIGKILL. */
  @Override
  public void kill() {
    launcher.signal("KILL", pid);
  }

  /** SIGTERM. */
  @Override
  public void terminate() {
    launcher.signal("TERM", pid);
  }

  /** SIGSTOP. */
  @Override
  public void pause() {
    launcher.signal("STOP", pid);
  }

  /** SIGCONT. */
  @Override
  public void resume() {
    launcher.signal("CONT", pid);
  }
}
