package dev.trial.core.run;

import dev.trial.core.history.Recorder;
import java.util.List;
import java.util.Map;

/** Starts and ends client processes; each world has its own way. */
public interface Clients extends AutoCloseable {

  /** Starts a process of that client; {@code settings} are complete. */
  ClientProcess start(
      ClientPlan plan,
      int process,
      int incarnation,
      Map<String, String> settings,
      Recorder recorder);

  /** The load phase is over, or (with {@code closing}) all shall close. */
  void signal(ClientProcess process, Signal signal);

  /** kill -9 of the process: its connections break, nothing is closed in order. */
  void kill(ClientProcess process);

  /** SIGSTOP and SIGCONT. */
  void pause(ClientProcess process);

  void resume(ClientProcess process);

  /** Names of client fault families this world cannot do. */
  List<String> refusals();

  @Override
  void close();

  /** What a process is told. */
  enum Signal {
    STOP,
    CLOSE
  }

  /** A running or ended process. */
  interface ClientProcess {
    String client();

    int process();

    /** True until its main has returned and no thread of it is left, or it was killed. */
    boolean alive();
  }
}
