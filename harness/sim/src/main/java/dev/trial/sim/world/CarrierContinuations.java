package dev.trial.sim.world;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Every strand is a one-shot continuation on the caller's thread: no OS switch at all. Needs access
 * to {@code jdk.internal.vm} (JDK 21 or later, {@code --add-exports
 * java.base/jdk.internal.vm=ALL-UNNAMED}, or Add-Exports in the manifest of the started jar).
 */
final class CarrierContinuations implements StrandCarrier {
  private static final Access ACCESS = Access.find();

  private final Simulation simulation;
  private final Object scope;
  private SimStrand pending;

  CarrierContinuations(Simulation simulation) {
    this.simulation = simulation;
    try {
      this.scope = (Object) ACCESS.newScope.invokeExact("simulation");
    } catch (Throwable broken) {
      throw new SimulationException("no continuation scope", broken);
    }
  }

  static boolean available() {
    return ACCESS != null;
  }

  @Override
  public void drive(SimStrand first) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    pending = first;
    try {
      while (pending != null) {
        SimStrand strand = pending;
        pending = null;
        if (strand.carried == null) {
          Runnable body = () -> carry(strand);
          strand.carried = (Object) ACCESS.newContinuation.invokeExact(scope, body);
        }
        ACCESS.run.invokeExact(strand.carried);
      }
    } catch (RuntimeException | Error broken) {
      throw broken;
    } catch (Throwable broken) {
      throw new SimulationException("a continuation broke", broken);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private void carry(SimStrand strand) {
    simulation.runBody(strand);
    strand.carried = null;
    pending = simulation.scheduler().next();
  }

  @Override
  public void handOver(SimStrand self, SimStrand next) {
    pending = next;
    try {
      boolean ignored = (boolean) ACCESS.yield.invokeExact(scope);
    } catch (Throwable pinned) {
      pending = null;
      simulation
          .scheduler()
          .end(
              new SimulationException(
                  self
                      + " can't hand over: a native frame or a real monitor is on its stack; run"
                      + " with -D"
                      + Simulation.CARRIER_PROPERTY
                      + "=threads",
                  pinned));
    }
  }

  @Override
  public void unwind() {
    for (SimStrand strand : simulation.scheduler().strands()) {
      strand.carried = null;
    }
  }

  @Override
  public void unwinding(SimStrand strand) {
    // a dropped continuation never runs again
  }

  @Override
  public int abandoned() {
    return 0;
  }

  /** Handles on the JDK's internals. */
  private record Access(
      MethodHandle newScope, MethodHandle newContinuation, MethodHandle run, MethodHandle yield) {

    static Access find() {
      if (Runtime.version().feature() < 21) {
        return null;
      }
      try {
        Class<?> scope = Class.forName("jdk.internal.vm.ContinuationScope");
        Class<?> continuation = Class.forName("jdk.internal.vm.Continuation");
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        return new Access(
            lookup
                .findConstructor(scope, MethodType.methodType(void.class, String.class))
                .asType(MethodType.methodType(Object.class, String.class)),
            lookup
                .findConstructor(
                    continuation, MethodType.methodType(void.class, scope, Runnable.class))
                .asType(MethodType.methodType(Object.class, Object.class, Runnable.class)),
            lookup
                .findVirtual(continuation, "run", MethodType.methodType(void.class))
                .asType(MethodType.methodType(void.class, Object.class)),
            lookup
                .findStatic(continuation, "yield", MethodType.methodType(boolean.class, scope))
                .asType(MethodType.methodType(boolean.class, Object.class)));
      } catch (ReflectiveOperationException closed) {
        return null;
      }
    }
  }
}
