package dev.trial.sim.realm.runtime;

/**
 * Hash codes for objects whose class defines none. The JDK's depend on the JVM's own random state,
 * and hash tables iterate in their order; these depend only on the run.
 */
public final class Identity {
  private static final int RUN_SHIFT = 32;
  private static final long LOW_BITS = 0xFFFFFFFFL;
  private static final int SPREAD = 0x9E3779B9;

  /** Marks hashes given in static initializers, which outlive runs. */
  private static final long STATIC = 1;

  private static long run = STATIC;
  private static int next;

  private Identity() {}

  static void nextRun() {
    run++;
    next = 0;
  }

  /**
   * Called by the {@code hashCode()} that the rewriter adds.
   *
   * @param stamp what the object holds: the run that gave the hash, and the hash
   * @return the stamp to hold from now on; its low 32 bits are the hash
   */
  public static long stamp(Object object, long stamp) {
    long given = stamp >>> RUN_SHIFT;
    if (given == run || given == STATIC) {
      return stamp;
    }
    if (Rt.initializing() || run == STATIC) {
      return STATIC << RUN_SHIFT | ofClass(object) & LOW_BITS;
    }
    return run << RUN_SHIFT | ++next * SPREAD & LOW_BITS;
  }

  /**
   * Stands for {@code System.identityHashCode(object)} and {@code super.hashCode()}: the same for
   * all objects of a class, which the contract allows.
   */
  public static int of(Object object) {
    return object == null ? 0 : ofClass(object);
  }

  private static int ofClass(Object object) {
    return object.getClass().isHidden() ? SPREAD : object.getClass().getName().hashCode();
  }
}
