package dev.trial.sim.world;

import dev.trial.core.world.Disk;
import dev.trial.core.world.DiskException;
import dev.trial.core.world.DiskFaults;
import dev.trial.core.world.DiskFile;
import dev.trial.core.world.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** A machine's files: a page cache over what is flushed. It can be made to fail. */
final class SimDisk implements Disk, DiskFaults {
  private static final String LOG = ".log";

  private final TreeMap<String, SimFile> files = new TreeMap<>();
  private static final long NS_PER_MS = 1_000_000L;

  private final RandomStream random;
  private final LongSupplier nowNs;
  private final LongConsumer served;
  private Calls refused;
  private boolean torn;
  private long delayNs;
  private long jitterNs;
  private long busyUntilNs;

  /**
   * @param random decides which bits flip, what of a torn write is left and how slow a call is
   * @param served is told, for a call to a slow disk, when it will have been served
   */
  SimDisk(RandomStream random, LongSupplier nowNs, LongConsumer served) {
    this.random = random;
    this.nowNs = nowNs;
    this.served = served;
  }

  // ---- faults

  @Override
  public void refuse(Calls calls) {
    refused = calls;
  }

  @Override
  public void slow(long delayMs, long jitterMs) {
    delayNs = delayMs * NS_PER_MS;
    jitterNs = jitterMs * NS_PER_MS;
  }

  @Override
  public void heal() {
    refused = null;
    delayNs = 0;
    jitterNs = 0;
  }

  /** A call comes: it is served after those before it. */
  void called() {
    if (delayNs + jitterNs > 0) {
      long startNs = Math.max(busyUntilNs, nowNs.getAsLong());
      busyUntilNs = startNs + delayNs + random.nextLong(jitterNs + 1);
      served.accept(busyUntilNs);
    }
  }

  @Override
  public void flipBit() {
    List<SimFile> logs = new ArrayList<>();
    files.forEach(
        (name, file) -> {
          if (name.endsWith(LOG) && file.size() > 0) {
            logs.add(file);
          }
        });
    if (!logs.isEmpty()) {
      random.pick(logs).flipBit(random);
    }
  }

  @Override
  public void tearAtPowerLoss() {
    torn = true;
  }

  @Override
  public void lose() {
    files.clear();
  }

  void checkRead() {
    if (refused == Calls.ALL || refused == Calls.READS) {
      throw new DiskException("read error");
    }
  }

  void checkWrite() {
    if (refused == Calls.ALL || refused == Calls.WRITES) {
      throw new DiskException(refused == Calls.ALL ? "write error" : "no space left on device");
    }
  }

  /** How many of so many bytes still fit. */
  int room(int bytes) {
    if (refused == Calls.WRITES) {
      return random.nextInt(bytes + 1);
    }
    return refused == Calls.ALL ? 0 : bytes;
  }

  // ---- files

  @Override
  public DiskFile open(String name) {
    return files.computeIfAbsent(name, unused -> new SimFile(this));
  }

  @Override
  public List<String> list(String prefix) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, SimFile> entry : files.tailMap(prefix).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      names.add(entry.getKey());
    }
    return names;
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  @Override
  public void rename(String from, String to) {
    called();
    checkWrite();
    SimFile file = files.remove(from);
    if (file == null) {
      throw new DiskException("can't rename " + from + " to " + to + ": there is no " + from);
    }
    file.flush();
    files.put(to, file);
  }

  /** Every file is again what its last flush made durable. */
  void losePower() {
    for (SimFile file : files.values()) {
      file.losePower(torn ? random : null);
    }
    torn = false;
  }
}
