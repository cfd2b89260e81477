package dev.trial.sim.kernel;

/** One simulated thread. */
public interface Strand {

  /** Number in order of creation. */
  int id();

  /** What {@code Thread.currentThread()} answers with on it. */
  Thread thread();

  /** The client process (or harness task) it belongs to. */
  String process();

  /** True once its body has returned or its process was killed. */
  boolean done();

  /** Another strand waits for this one's end: it is unparked then. */
  void joinedBy(Strand waiter);
}
