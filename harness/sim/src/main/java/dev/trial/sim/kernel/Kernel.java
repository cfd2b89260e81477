package dev.trial.sim.kernel;

import dev.trial.core.world.RandomStream;
import javax.management.MBeanServer;

/**
 * The simulation as client code sees it through the rewriter. Exactly one strand runs at a time and
 * hands over only inside these calls.
 */
public interface Kernel {

  /** The deadline of a wait without end. */
  long FOREVER = Long.MAX_VALUE;

  /** Virtual nanoseconds since the start of the run. */
  long nowNs();

  /** Virtual wall clock of the current strand's process, in milliseconds since the Unix epoch. */
  long epochMs();

  /**
   * To be called at each clock read: a strand that reads the clock again and again without yielding
   * is spinning, and is made to pause for a growing stretch of virtual time.
   */
  void clockRead();

  /** The running strand; null while an event of the world runs. */
  Strand current();

  /** The strand that carries that thread; null if it was never started in this simulation. */
  Strand strandOf(Thread thread);

  /**
   * Starts a strand in the current strand's process.
   *
   * @param thread the object that {@code Thread.currentThread()} answers with on it; it is never
   *     started itself
   */
  Strand spawn(Thread thread, Runnable body);

  /**
   * Suspends the current strand until {@link #unpark} or the deadline. A permit left by an earlier
   * unpark ends it at once.
   *
   * @param deadlineNs virtual time, or {@link #FOREVER}
   * @return true if the deadline passed first
   */
  boolean park(long deadlineNs);

  /** Makes a parked strand runnable, or leaves it one permit. */
  void unpark(Strand strand);

  /** Lets other runnable strands go first. */
  void yieldNow();

  /** Entropy of the current strand's process (of the run outside any strand). */
  RandomStream entropy();

  /** Opens a client connection from the current strand's process. */
  ClientSocket connect(String host, int port, SocketEvents events);

  /** The four address bytes that stand for a machine's name; null for an unknown name. */
  byte[] resolve(String host);

  /** This simulation's own MBean server, so that clients of two runs never meet. */
  MBeanServer mbeanServer();

  /** Reports what the wire or a log proved wrong; recorded in the history. */
  void oracle(String oracle, String detail);

  /** A line of the client's log at WARN or above. */
  void clientLog(String level, String logger, String message);
}
