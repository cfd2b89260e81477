package dev.trial.sim.realm.runtime;

import dev.trial.sim.kernel.Kernel;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Virtual time in place of the JDK's clocks. */
public final class Clocks {
  private static final long UNBOUND_EPOCH_MS = 1_600_000_000_000L;
  private static final long NS_PER_MS = 1_000_000L;

  private Clocks() {}

  /** Stands for {@code System.nanoTime()}. */
  public static long nanoTime() {
    Kernel kernel = Rt.kernel();
    if (kernel == null || Rt.initializing()) {
      return 0;
    }
    kernel.clockRead();
    return kernel.nowNs();
  }

  /** Stands for {@code System.currentTimeMillis()}. */
  public static long currentTimeMillis() {
    Kernel kernel = Rt.kernel();
    if (kernel == null || Rt.initializing()) {
      return UNBOUND_EPOCH_MS;
    }
    kernel.clockRead();
    return kernel.epochMs();
  }

  /** Stands for {@code Instant.now()}. */
  public static Instant instant() {
    return Instant.ofEpochMilli(currentTimeMillis());
  }

  /** Stands for {@code Clock.systemUTC()}. */
  public static Clock systemUtc() {
    return new VirtualClock(ZoneOffset.UTC);
  }

  /** Stands for {@code Clock.systemDefaultZone()}: a simulation's zone is always UTC. */
  public static Clock systemDefaultZone() {
    return systemUtc();
  }

  /** Stands for {@code Clock.system(zone)}. */
  public static Clock system(ZoneId zone) {
    return new VirtualClock(zone);
  }

  /** The deadline that lies {@code ms} ahead. */
  static long afterMs(long ms) {
    return ms >= Kernel.FOREVER / NS_PER_MS ? Kernel.FOREVER : afterNs(ms * NS_PER_MS);
  }

  /** The deadline that lies {@code ns} ahead. */
  static long afterNs(long ns) {
    long deadlineNs = Rt.kernel().nowNs() + Math.max(0, ns);
    return deadlineNs < 0 ? Kernel.FOREVER : deadlineNs;
  }

  private static final class VirtualClock extends Clock {
    private final ZoneId zone;

    VirtualClock(ZoneId zone) {
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new VirtualClock(other);
    }

    @Override
    public long millis() {
      return currentTimeMillis();
    }

    @Override
    public Instant instant() {
      return Clocks.instant();
    }
  }
}
