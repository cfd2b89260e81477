package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;
import dev.trial.sim.log.LogBinding;
import java.time.Duration;
import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Threads as strands. A {@code Thread} object only names its strand; it is never started. */
public final class Threads {
  /** Numbers of the strands with a pending interrupt; looked up, never iterated. */
  private static final Set<Integer> INTERRUPTED = new HashSet<>();

  private Threads() {}

  static void clear() {
    INTERRUPTED.clear();
  }

  /** Stands for {@code thread.start()}. */
  public static void start(Thread thread) {
    Kernel kernel = Rt.kernel();
    if (kernel == null) {
      throw new IllegalStateException("a thread of a realm can only start inside a simulation");
    }
    if (kernel.strandOf(thread) != null) {
      throw new IllegalThreadStateException();
    }
    thread.setContextClassLoader(Threads.class.getClassLoader());
    kernel.spawn(thread, () -> run(kernel, thread, thread));
  }

  /** Runs a strand's body with what belongs to a thread of client code around it. */
  public static void run(Kernel kernel, Thread thread, Runnable body) {
    Thread.currentThread().setContextClassLoader(Threads.class.getClassLoader());
    LogBinding.bind(kernel);
    try {
      body.run();
    } catch (RuntimeException | AssertionError | LinkageError | OutOfMemoryError uncaught) {
      kernel.oracle("uncaught-exception", thread.getName() + ": " + causes(uncaught));
      Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
      if (handler != null && handler != thread.getThreadGroup()) {
        handler.uncaughtException(thread, uncaught);
      }
    }
  }

  private static String causes(Throwable error) {
    StringBuilder text = new StringBuilder(error.toString());
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      text.append(", caused by ").append(cause);
    }
    return text.toString();
  }

  /** Stands for {@code Thread.currentThread()}. */
  public static Thread currentThread() {
    Strand strand = Rt.strand();
    return strand == null ? Thread.currentThread() : strand.thread();
  }

  /**
   * Stands for {@code thread.getId()}: the JVM's own numbers go on from run to run, and clients
   * show them in messages. A thread that was not started has none.
   */
  public static long id(Thread thread) {
    Strand strand = strandOf(thread);
    return strand == null ? Long.MAX_VALUE : strand.id();
  }

  /** Stands for {@code thread.isAlive()}. */
  public static boolean isAlive(Thread thread) {
    Strand strand = strandOf(thread);
    return strand != null && !strand.done();
  }

  /** Stands for {@code thread.join()}. */
  public static void join(Thread thread) throws InterruptedException {
    join(thread, 0);
  }

  /** Stands for {@code thread.join(timeoutMs)}; 0 waits for ever. */
  public static void join(Thread thread, long timeoutMs) throws InterruptedException {
    Strand awaited = strandOf(thread);
    if (awaited == null || awaited.done()) {
      return;
    }
    Strand strand = Rt.blockingStrand("Thread.join");
    long deadlineNs = timeoutMs == 0 ? Kernel.FOREVER : Clocks.afterMs(timeoutMs);
    boolean late = false;
    while (!awaited.done() && !late) {
      throwIfInterrupted(strand);
      awaited.joinedBy(strand);
      late = Rt.kernel().park(deadlineNs);
    }
    throwIfInterrupted(strand);
  }

  /** Stands for {@code Thread.sleep(ms)}. */
  public static void sleep(long ms) throws InterruptedException {
    sleepUntil(Clocks.afterMs(ms));
  }

  /** Stands for {@code Thread.sleep(ms, nanos)}. */
  public static void sleep(long ms, int nanos) throws InterruptedException {
    sleep(nanos > 0 ? ms + 1 : ms);
  }

  /** Stands for {@code Thread.sleep(duration)}. */
  public static void sleep(Duration duration) throws InterruptedException {
    sleepUntil(Clocks.afterNs(TimeUnit.NANOSECONDS.convert(duration)));
  }

  /** Stands for {@code unit.sleep(amount)}. */
  public static void sleep(TimeUnit unit, long amount) throws InterruptedException {
    sleepUntil(Clocks.afterNs(unit.toNanos(amount)));
  }

  private static void sleepUntil(long deadlineNs) throws InterruptedException {
    Strand strand = Rt.blockingStrand("Thread.sleep");
    boolean late = false;
    while (!late) {
      throwIfInterrupted(strand);
      late = Rt.kernel().park(deadlineNs);
    }
  }

  /** Stands for {@code Thread.yield()} and {@code Thread.onSpinWait()}. */
  public static void yieldNow() {
    if (Rt.strand() != null) {
      Rt.kernel().yieldNow();
    }
  }

  /** Stands for {@code thread.interrupt()}. */
  public static void interrupt(Thread thread) {
    Strand strand = strandOf(thread);
    if (strand != null && !strand.done()) {
      INTERRUPTED.add(strand.id());
      Rt.kernel().unpark(strand);
    }
  }

  /** Stands for {@code Thread.interrupted()}. */
  public static boolean interrupted() {
    Strand strand = Rt.strand();
    return strand != null && INTERRUPTED.remove(strand.id());
  }

  /** Stands for {@code thread.isInterrupted()}. */
  public static boolean isInterrupted(Thread thread) {
    Strand strand = strandOf(thread);
    return strand != null && INTERRUPTED.contains(strand.id());
  }

  /** Stands for {@code LockSupport.park()} and its form with a blocker. */
  public static void park() {
    parkUntil(Kernel.FOREVER);
  }

  /** See {@link #park()}. */
  public static void park(Object blocker) {
    park();
  }

  /** Stands for {@code LockSupport.parkNanos(ns)}. */
  public static void parkNanos(long ns) {
    parkUntil(Clocks.afterNs(ns));
  }

  /** See {@link #parkNanos(long)}. */
  public static void parkNanos(Object blocker, long ns) {
    parkNanos(ns);
  }

  private static void parkUntil(long deadlineNs) {
    if (!interruptPending(Rt.blockingStrand("LockSupport.park"))) {
      Rt.kernel().park(deadlineNs);
    }
  }

  /** Stands for {@code LockSupport.unpark(thread)}. */
  public static void unpark(Thread thread) {
    Strand strand = thread == null ? null : strandOf(thread);
    if (strand != null) {
      Rt.kernel().unpark(strand);
    }
  }

  /** Stands for {@code ServiceLoader.load(service)}, which would ask the carrier thread. */
  public static <S> ServiceLoader<S> services(Class<S> service) {
    return ServiceLoader.load(service, Threads.class.getClassLoader());
  }

  /** Stands for {@code Runtime.addShutdownHook(hook)}: a simulated process has no such end. */
  public static void ignoreShutdownHook(Runtime runtime, Thread hook) {}

  static boolean interruptPending(Strand strand) {
    return !INTERRUPTED.isEmpty() && INTERRUPTED.contains(strand.id());
  }

  static void throwIfInterrupted(Strand strand) throws InterruptedException {
    if (!INTERRUPTED.isEmpty() && INTERRUPTED.remove(strand.id())) {
      throw new InterruptedException();
    }
  }

  private static Strand strandOf(Thread thread) {
    return Rt.kernel() == null ? null : Rt.kernel().strandOf(thread);
  }
}
