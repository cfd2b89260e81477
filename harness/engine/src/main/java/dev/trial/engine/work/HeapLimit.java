package dev.trial.engine.work;

/** What to say when the heap that this process was given is too small. */
public final class HeapLimit {
  private static final int TIMES = 4;
  private static final long MEGABYTE = 1 << 20;

  private HeapLimit() {}

  /** That it is full, with its size. */
  public static String sentence() {
    return "the heap of "
        + Math.max(1, Runtime.getRuntime().maxMemory() / MEGABYTE)
        + " MB is full";
  }

  /** What to do. */
  public static String remedy() {
    long megabytes = Math.max(1, Runtime.getRuntime().maxMemory() / MEGABYTE * TIMES);
    return "give it more, as in TRIAL_JAVA_OPTS=-Xmx" + megabytes + "m ./trial ...";
  }
}
