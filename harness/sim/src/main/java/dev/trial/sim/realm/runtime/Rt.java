package dev.trial.sim.realm.runtime;

import dev.trial.core.world.RandomStream;
import dev.trial.sim.kernel.Kernel;
import dev.trial.sim.kernel.Strand;
import dev.trial.sim.kernel.StrandEnd;
import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;

/**
 * The realm's bond with the simulation it takes part in, if any. Bound before the first strand of a
 * run starts and unbound after its last one ended.
 */
public final class Rt {
  private static final long CONSTANT_SEED = 42;

  private static Kernel kernel;
  private static int initializing;
  private static RandomStream constant = new RandomStream(CONSTANT_SEED);

  private Rt() {}

  /** Takes part in that simulation from now on. */
  public static void bind(Kernel simulation) {
    if (kernel != null) {
      throw new IllegalStateException("the realm already takes part in a simulation");
    }
    kernel = simulation;
    Identity.nextRun();
  }

  /** Leaves the simulation and forgets everything that belonged to it. */
  public static void unbind() {
    kernel = null;
    initializing = 0;
    constant = new RandomStream(CONSTANT_SEED);
    Monitors.clear();
    Threads.clear();
    SimThreadLocal.clearAll();
  }

  /** Brings the static state of client code back to what it was when its classes were loaded. */
  public static void resetStatics() {
    Statics.restore();
    SimRandom.reseedStatics();
  }

  /** A static initializer begins: what it draws or reads must not depend on the run. */
  public static void enterInitializer() {
    initializing++;
  }

  /** A static initializer ends. */
  public static void exitInitializer() {
    initializing--;
  }

  static boolean initializing() {
    return initializing > 0;
  }

  static Kernel kernel() {
    return kernel;
  }

  /** The running strand; null outside of the simulation's strands. */
  static Strand strand() {
    Kernel simulation = kernel;
    return simulation == null ? null : simulation.current();
  }

  /** The running strand, which a blocking call needs. */
  static Strand blockingStrand(String call) {
    if (kernel == null) {
      throw new StrandEnd();
    }
    Strand strand = strand();
    if (strand == null) {
      throw new IllegalStateException(call + " outside of a strand would block the simulation");
    }
    return strand;
  }

  static RandomStream entropy() {
    return kernel == null || initializing > 0 ? constant : kernel.entropy();
  }

  /** Stands for {@code ManagementFactory.getPlatformMBeanServer()}. */
  public static MBeanServer mbeanServer() {
    return kernel == null ? ManagementFactory.getPlatformMBeanServer() : kernel.mbeanServer();
  }
}
