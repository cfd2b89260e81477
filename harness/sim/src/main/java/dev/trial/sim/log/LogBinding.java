package dev.trial.sim.log;

import dev.trial.sim.kernel.Kernel;

/** Which simulation the running thread's log lines belong to. */
public final class LogBinding {
  private static final ThreadLocal<Kernel> CURRENT = new ThreadLocal<>();

  private LogBinding() {}

  /** From now on this thread's client log belongs to that simulation. */
  public static void bind(Kernel kernel) {
    if (CURRENT.get() != kernel) {
      CURRENT.set(kernel);
    }
  }

  /** This thread has left its simulation. */
  public static void unbind() {
    CURRENT.remove();
  }

  static Kernel current() {
    return CURRENT.get();
  }
}
